package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maunode.ble.gatt.GattException;
import org.maunode.identity.Fingerprint;
import org.maunode.tools.shell.Radios;
import org.maunode.tools.shell.Shell;
import org.maunode.tools.shell.Stop;
import org.maunode.tools.shell.Terminal;

/** A person with an account directory who types commands. */
final class Cli {
    static final Instant MADE = Instant.parse("2026-11-01T08:00:00Z");
    static final String PASSPHRASE = "correct horse battery staple";

    final Path home;
    final Path directory;
    final Map<String, String> environment = new HashMap<>();
    final List<Duration> pauses = new ArrayList<>();
    private Optional<Fingerprint> fingerprint = Optional.empty();
    InputStream in = InputStream.nullInputStream();
    Terminal terminal = Terminal.NONE;
    InstantSource clock = InstantSource.system();
    Radios radios = _ -> {
        throw new GattException(GattException.Reason.NO_ADAPTER, "there is no Bluetooth here");
    };

    /** Works in {@code directory}; the account is below it and called {@code name}. */
    Cli(Path directory, String name) {
        this.directory = directory;
        this.home = directory.resolve(name);
        Path passphrase = write(directory.resolve("passphrase"), PASSPHRASE + "\n");
        assertTrue(passphrase.toFile().setReadable(false, false)
                && passphrase.toFile().setReadable(true));
        environment.put("MAU_PASSPHRASE_FILE", passphrase.toString());
        environment.put("MAU_HOME", home.toString());
    }

    /** With an account of that name, made long before anything that a test signs at a time of its own. */
    static Cli with(Path directory, String name) {
        Cli cli = new Cli(directory, name);
        cli.clock = InstantSource.fixed(MADE);
        cli.mau("init", "--name", name).ok();
        cli.clock = InstantSource.system();
        return cli;
    }

    Result mau(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return mau(out, new NeverStopped(pauses), words);
    }

    Result mau(ByteArrayOutputStream out, Stop stop, String... words) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Mau.run(List.of(words), shell(out, err, stop));
        return new Result(code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    Shell shell(OutputStream out, OutputStream err, Stop stop) {
        return new Shell(
                in, print(out), print(err), environment, terminal, directory, clock, ZoneOffset.UTC, stop, radios);
    }

    private static PrintStream print(OutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    Cli input(String text) {
        in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Fingerprint fingerprint() {
        if (fingerprint.isEmpty()) {
            JsonObject shown = mau("show", "--json").ok().json().asObject();
            fingerprint = Optional.of(Fingerprint.of(shown.getString("fingerprint", "")));
        }
        return fingerprint.get();
    }

    /** A file in the working directory. */
    Path file(String name, String content) {
        return write(directory.resolve(name), content);
    }

    /** A published file of this account, as it lies on disk. */
    Path published(String name) {
        return home.resolve(fingerprint().toString()).resolve(name);
    }

    /** Makes friends of both. */
    void befriend(Cli other) {
        for (Cli[] pair : new Cli[][] {{this, other}, {other, this}}) {
            Path key = pair[0].directory.resolve(pair[0].home.getFileName() + ".asc");
            pair[0].mau("export", "--output", key.toString()).ok();
            pair[1].mau("friend", key.toString()).ok();
        }
    }

    static Path write(Path file, String content) {
        try {
            return Files.writeString(file, content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Nobody interrupts, and waiting costs no time. */
    private static final class NeverStopped extends Stop {
        private final List<Duration> pauses;

        NeverStopped(List<Duration> pauses) {
            this.pauses = pauses;
        }

        @Override
        public boolean pause(Duration time) {
            pauses.add(time);
            return false;
        }
    }
}
