package org.maunode.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.Sealer;
import org.maunode.openpgp.SecretIdentity;
import org.maunode.store.Keyring.Skipped;

/** Reads and writes friends' key files: messages sealed for and signed by the account itself. */
final class KeyReader {
    /** Groups within groups within groups. */
    static final int DEEPEST = 16;

    /** The largest key file, in bytes; a key with very many signatures has some 100 KB. */
    static final int LARGEST = 1 << 20;

    private static final Logger LOG = Logger.getLogger("org.maunode.store");

    private final Path root;
    private final SecretIdentity identity;
    private final Disk disk;

    KeyReader(Path root, SecretIdentity identity, Disk disk) {
        this.root = root;
        this.identity = identity;
        this.disk = disk;
    }

    /** Walks through all, and opens what is not in {@code former} as it is. */
    KeyFolder read(KeyFolder former, Instant now) throws IOException {
        KeyFolder folder = new KeyFolder(root, now);
        walk(root, 0, folder, former);
        return folder;
    }

    /** Opens one key file, and checks that the account itself signed it. */
    PublicIdentity open(Path file) throws IOException {
        try (InputStream in = disk.read(file)) {
            byte[] message = in.readNBytes(LARGEST + 1);
            if (message.length > LARGEST) {
                throw new OpenPgpException(OpenPgpException.Reason.OVER_LIMIT, "larger than " + LARGEST + " bytes");
            }
            return PublicIdentity.parse(new Opener(identity).open(message, identity.publicIdentity(), LARGEST));
        }
    }

    /** A board's clock may stand before the account was made, when no signature of it would be good. */
    void write(Path file, PublicIdentity friend, Instant now) throws IOException {
        byte[] key = friend.encoded();
        Instant created = identity.publicIdentity().created();
        Sealer.OutgoingMessage message = new Sealer(identity)
                .seal(() -> new ByteArrayInputStream(key), List.of(), now.isBefore(created) ? created : now);
        disk.makeDirectory(file.getParent());
        AtomicFile.write(disk, file, message::writeTo);
    }

    private void walk(Path directory, int depth, KeyFolder folder, KeyFolder former) throws IOException {
        folder.addDirectory(directory, Stamp.ofDirectory(directory));
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().startsWith(".")) {
                    visit(entry, depth, folder, former);
                }
            }
        } catch (NoSuchFileException gone) {
            LOG.log(Level.FINE, "no-directory {0}", directory);
        }
    }

    private void visit(Path entry, int depth, KeyFolder folder, KeyFolder former) throws IOException {
        Optional<Stamp> file = Stamp.of(entry);
        if (file.isPresent()) {
            visitFile(entry, file.get(), folder, former);
        } else if (Stamp.ofDirectory(entry).isPresent()) {
            visitGroup(entry, depth, folder, former);
        }
    }

    private void visitGroup(Path group, int depth, KeyFolder folder, KeyFolder former) {
        if (depth == DEEPEST) {
            folder.addSkipped(new Skipped(group, "nested deeper than " + DEEPEST + " groups"));
            return;
        }
        try {
            walk(group, depth + 1, folder, former);
        } catch (IOException closed) {
            folder.addSkipped(skipped(group, Failures.of("read the group", group, closed)));
        }
    }

    private void visitFile(Path file, Stamp stamp, KeyFolder folder, KeyFolder former) {
        if (file.getFileName().toString().equals("account.pgp")) {
            return;
        }
        Optional<KeyFile> key = former.key(file, stamp);
        Optional<Skipped> noKey = former.noKey(file, stamp);
        if (key.isPresent()) {
            folder.addKey(key.get());
        } else if (noKey.isPresent()) {
            folder.addNoKey(stamp, noKey.get());
        } else {
            readFile(file, stamp, folder);
        }
    }

    private void readFile(Path file, Stamp stamp, KeyFolder folder) {
        try {
            PublicIdentity friend = open(file);
            folder.addKey(new KeyFile(file, stamp, friend.fingerprint(), friend.keyIds()));
        } catch (OpenPgpException foreign) {
            folder.addNoKey(stamp, skipped(file, foreign));
        } catch (AccessDeniedException closed) {
            folder.addNoKey(stamp, skipped(file, Failures.of("read the key", file, closed)));
        } catch (IOException passing) {
            // No word on the key: the disk, or the number of open files, may be better the next time.
            folder.addSkipped(skipped(file, Failures.of("read the key", file, passing)));
        }
    }

    private static Skipped skipped(Path file, RuntimeException why) {
        LOG.log(Level.WARNING, "skipped key={0}: {1}", new Object[] {file, why.getMessage()});
        return new Skipped(file, why.getMessage());
    }
}
