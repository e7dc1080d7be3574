package org.maunode.tools.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.maunode.identity.FileName;
import org.maunode.runtime.ExitCode;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.Readers;
import org.maunode.tools.account.Records;
import org.maunode.tools.account.Session;
import org.maunode.tools.content.ContentException;
import org.maunode.tools.content.JsonLd;
import org.maunode.tools.content.JsonLdCheck;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Changes a file: opened, edited, checked, sealed again for the same readers; the old version is kept.
 *
 * <pre>
 *   stored ──► verified ──► scratch copy ──► editor, --input or standard input ──► checked ──► same bytes? nothing
 *                                                  ▲  a person may edit again  │                  else published
 *                                                  └────────────── flaw ───────┘
 * </pre>
 */
final class Edit implements Command {
    /** What is checked is held in memory. */
    private static final int MAX_JSON_BYTES = 2 << 20;

    private static final int BUFFER = 1 << 16;

    @Mixin
    NamedFile file = new NamedFile();

    @Mixin
    Audience audience = new Audience();

    @Option(names = "--new", description = "make the file; say for whom")
    boolean made;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "take the new content from FILE; - for standard input")
    Optional<String> input = Optional.empty();

    @Option(names = "--plain", description = "take JSON that is no JSON-LD, and anything else, as it is")
    boolean plain;

    @Option(names = "--drop-unknown", description = "leave out readers whose keys are not in the keyring")
    boolean dropUnknown;

    @Override
    public ExitCode run(Session session) throws IOException, InterruptedException {
        FileName name = file.name();
        Optional<StoredFile> before = session.store().find(session.account().fingerprint(), name);
        requireExpected(session, name, before);
        Readers readers = readers(session, before);
        try (Scratch scratch =
                Scratch.make(session.shell().environment(), session.account().privateDirectory())) {
            Path edited = scratch.file(name.contentName());
            if (before.isPresent()) {
                open(session, before.get(), edited);
            }
            byte[] original = sha256(edited);
            change(session, name, edited);
            boolean unchanged = before.isPresent() && Arrays.equals(original, sha256(edited));
            if (unchanged && !audience.isGiven()) {
                return unchanged(session, before.get(), readers);
            }
            warnOfOthers(session, name, before);
            publish(session, name, edited, readers);
            return ExitCode.OK;
        }
    }

    private void requireExpected(Session session, FileName name, Optional<StoredFile> before) {
        if (made && before.isPresent()) {
            throw new ToolException(
                    ExitCode.USAGE, "there is a file " + name + " already", "leave out --new to edit it");
        }
        if (!made && before.isEmpty()) {
            throw new ToolException(
                    ExitCode.NOT_FOUND, "you have no file " + name, "mau edit --new " + name + " --public makes one");
        }
    }

    /** Who reads the new version: those who were chosen now, else those who could read the old one. */
    private Readers readers(Session session, Optional<StoredFile> before) {
        if (audience.isGiven() || before.isEmpty()) {
            return audience.readers(session);
        }
        Readers readers = session.people().readers(before.get());
        if (readers instanceof Readers.Chosen chosen && !chosen.unknown().isEmpty() && !dropUnknown) {
            throw new ToolException(
                    ExitCode.NOT_FOUND,
                    "readers of " + before.get().name() + " are not in the keyring: "
                            + String.join(", ", chosen.unknownIds()),
                    "add their keys, or leave them out with --drop-unknown");
        }
        return readers;
    }

    private static void open(Session session, StoredFile stored, Path target) throws IOException {
        try (OutputStream out = Files.newOutputStream(target)) {
            Open.open(session, stored, session.self(), out);
        }
    }

    private void change(Session session, FileName name, Path edited) throws IOException, InterruptedException {
        if (input.isPresent() && !input.get().equals("-")) {
            Path given = Inputs.regular(session.shell().path(input.get()));
            Files.copy(given, edited, StandardCopyOption.REPLACE_EXISTING);
            check(session, name, edited);
        } else if (input.isPresent() || !session.shell().terminal().isInput()) {
            takeInput(session.shell().in(), edited);
            check(session, name, edited);
        } else {
            letEdit(session, name, edited);
        }
    }

    private static void takeInput(InputStream in, Path edited) throws IOException {
        if (Files.copy(in, edited, StandardCopyOption.REPLACE_EXISTING) == 0) {
            throw new ToolException(
                    ExitCode.USAGE,
                    "standard input is empty; nothing was changed",
                    "run it on a terminal to edit, or give the new content with --input FILE");
        }
    }

    private void letEdit(Session session, FileName name, Path edited) throws IOException, InterruptedException {
        Editor editor = Editor.of(session.shell());
        while (true) {
            editor.edit(edited);
            try {
                check(session, name, edited);
                return;
            } catch (ToolException flaw) {
                if (!editor.again(flaw.getMessage())) {
                    throw flaw;
                }
            }
        }
    }

    private void check(Session session, FileName name, Path edited) throws IOException {
        if (plain || !JsonLd.isPromisedBy(name)) {
            return;
        }
        if (Files.size(edited) > MAX_JSON_BYTES) {
            throw new ToolException(
                    ExitCode.USAGE, name + " is larger than " + MAX_JSON_BYTES + " bytes", "--plain skips the check");
        }
        try {
            JsonLdCheck.check(Files.readAllBytes(edited))
                    .forEach(warning -> session.output().warn(name + ": " + warning));
        } catch (ContentException flaw) {
            throw new ToolException(
                    ExitCode.USAGE, name.contentName() + ": " + flaw.getMessage(), "--plain takes it as it is");
        }
    }

    private static ExitCode unchanged(Session session, StoredFile before, Readers readers) {
        session.output().record(readers.addTo(Records.file(before)).add("changed", false));
        session.output().say(before.name() + " is unchanged; nothing was written");
        return ExitCode.OK;
    }

    private static void warnOfOthers(Session session, FileName name, Optional<StoredFile> before) {
        Optional<StoredFile> now = session.store().find(session.account().fingerprint(), name);
        if (!now.map(StoredFile::sum).equals(before.map(StoredFile::sum))) {
            session.output()
                    .warn(name + " was changed by another program meanwhile; what it wrote is kept as an old version");
        }
    }

    private static void publish(Session session, FileName name, Path edited, Readers readers) throws IOException {
        StoredFile published =
                Publishing.publish(session, name, () -> Files.newInputStream(edited), Files.size(edited), readers);
        Publishing.tell(session, published, readers);
    }

    private static byte[] sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }
}
