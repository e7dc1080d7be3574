package org.maunode.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.store.AtomicFile;
import org.maunode.store.StoreException;

/**
 * Where an account's passphrase comes from: always a file, never an argument or the environment itself, both of which other
 * processes can read.
 *
 * <p>Asked in this order: the file that was named, {@code MAU_PASSPHRASE_FILE}, {@code mau-passphrase} in systemd's
 * credentials directory, and the file that a node keeps for itself, {@code <home>/.mau-node/passphrase}.
 */
public final class Passphrases {
    private static final Logger LOG = Logger.getLogger("org.maunode.runtime");
    /** A passphrase is one line. */
    private static final int MAX_BYTES = 4096;

    /** Random bytes of a passphrase that a node makes for itself. */
    private static final int MADE_BYTES = 24;

    private final Path own;
    private final List<Path> named;

    /**
     * @param home the account's directory
     * @param file what {@code --passphrase-file} said
     * @param environment the process's environment
     */
    public Passphrases(Path home, Optional<Path> file, Map<String, String> environment) {
        this.own = home.resolve(".mau-node").resolve("passphrase");
        this.named = file.or(() -> Optional.ofNullable(environment.get("MAU_PASSPHRASE_FILE"))
                        .filter(path -> !path.isEmpty())
                        .map(Path::of))
                .or(() -> Optional.ofNullable(environment.get("CREDENTIALS_DIRECTORY"))
                        .map(directory -> Path.of(directory, "mau-passphrase"))
                        .filter(Files::exists))
                .map(List::of)
                .orElse(List.of());
    }

    /**
     * The passphrase, if any file has it.
     *
     * @throws StoreException if a file was named and cannot be read, or holds no passphrase
     */
    public Optional<char[]> find() {
        if (!named.isEmpty()) {
            return Optional.of(read(named.getFirst()));
        }
        return Files.exists(own) ? Optional.of(read(own)) : Optional.empty();
    }

    /** Makes a passphrase nobody has to remember, and keeps it in the node's own, owner-only file. */
    public char[] make() {
        byte[] random = new byte[MADE_BYTES];
        new SecureRandom().nextBytes(random);
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        AtomicFile.write(own, out -> out.write((made + "\n").getBytes(StandardCharsets.US_ASCII)));
        return made.toCharArray();
    }

    /** Where {@link #make} keeps it. */
    public Path ownFile() {
        return own;
    }

    private static char[] read(Path file) {
        byte[] bytes = bytes(file);
        try {
            warnIfOthersCanRead(file);
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            char[] passphrase = firstLine(text);
            Arrays.fill(text.array(), '\0');
            if (passphrase.length == 0) {
                throw unusable(file, "its first line is empty", null);
            }
            return passphrase;
        } catch (CharacterCodingException notText) {
            throw unusable(file, "it is not UTF-8 text", notText);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw unusable(file, "it is longer than " + MAX_BYTES + " bytes", null);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw unusable(file, "there is no such file", missing);
        } catch (IOException unreadable) {
            throw unusable(file, "it cannot be read", unreadable);
        }
    }

    private static char[] firstLine(CharBuffer text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        char[] line = new char[end];
        text.get(line);
        return line;
    }

    private static void warnIfOthersCanRead(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.contains(PosixFilePermission.GROUP_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_READ)) {
                LOG.log(Level.WARNING, "others can read the passphrase in {0}: chmod 600 it", file);
            }
        } catch (IOException | UnsupportedOperationException unknown) {
            LOG.log(Level.FINE, "permissions of {0} are unknown", file);
        }
    }

    private static StoreException unusable(Path file, String why, Throwable cause) {
        return new StoreException(
                StoreException.Reason.WRONG_PASSPHRASE, file, "no passphrase in " + file + ": " + why, cause);
    }
}
