package org.maunode.tools.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The terminal of this process. The JDK can only tell whether input and output are both one, and asks for passwords only
 * then; here {@code mau open x > file} may ask too, so {@code /proc} and {@code /dev/tty} are asked directly.
 */
public final class SystemTerminal implements Terminal {
    private static final Path TTY = Path.of("/dev/tty");
    private static final int MAX_PASSWORD = 1024;

    @Override
    public boolean isInput() {
        return isTerminal(0);
    }

    @Override
    public boolean isError() {
        return isTerminal(2);
    }

    @Override
    public boolean hasInput() {
        return !target(0).equals("/dev/null");
    }

    @Override
    public OptionalInt columns() {
        if (!isTerminal(1)) {
            return OptionalInt.empty();
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(TTY.toFile())
                    .redirectError(Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return size.matches("\\d{1,5} [1-9]\\d{0,4}")
                    ? OptionalInt.of(Integer.parseInt(size.substring(size.indexOf(' ') + 1)))
                    : OptionalInt.empty();
        } catch (IOException missing) {
            return OptionalInt.empty();
        }
    }

    private static boolean isTerminal(int descriptor) {
        String target = target(descriptor);
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
    }

    /** What a file descriptor is; where there is no {@code /proc}, only whether all three are a terminal is known. */
    private static String target(int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
        } catch (IOException | UnsupportedOperationException notLinux) {
            return System.console() != null && System.console().isTerminal() ? TTY.toString() : "";
        }
    }

    @Override
    public Optional<char[]> password(String prompt) {
        if (!isInput() || !stty("-echo")) {
            return Optional.empty();
        }
        Thread restore = new Thread(() -> stty("echo"), "mau-echo");
        Runtime.getRuntime().addShutdownHook(restore);
        try (InputStream in = Files.newInputStream(TTY);
                OutputStream out = Files.newOutputStream(TTY)) {
            out.write(prompt.getBytes(StandardCharsets.UTF_8));
            Optional<char[]> typed = line(in);
            out.write('\n');
            return typed;
        } catch (IOException gone) {
            return Optional.empty();
        } finally {
            stty("echo");
            Runtime.getRuntime().removeShutdownHook(restore);
        }
    }

    private static Optional<char[]> line(InputStream in) throws IOException {
        WipedBytes typed = new WipedBytes();
        int next = in.read();
        while (next >= 0 && next != '\n' && typed.size() < MAX_PASSWORD) {
            typed.write(next);
            next = in.read();
        }
        return next < 0 && typed.size() == 0 ? Optional.empty() : Optional.of(typed.takeText());
    }

    private static boolean stty(String mode) {
        try {
            return new ProcessBuilder("stty", mode)
                            .redirectInput(TTY.toFile())
                            .redirectOutput(Redirect.DISCARD)
                            .redirectError(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Bytes that do not stay behind in memory. */
    private static final class WipedBytes extends ByteArrayOutputStream {
        WipedBytes() {
            super(MAX_PASSWORD);
        }

        char[] takeText() {
            var decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(buf, 0, count));
            char[] text = new char[decoded.length()];
            decoded.get(text);
            Arrays.fill(buf, (byte) 0);
            Arrays.fill(decoded.array(), '\0');
            return text;
        }
    }
}
