package org.maunode.tools;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.shell.Shell;
import org.maunode.tools.shell.Stop;
import org.maunode.tools.shell.SystemRadios;
import org.maunode.tools.shell.SystemTerminal;

/** The {@code mau} command line. */
public final class Mau {
    private Mau() {}

    /** Runs one command as the process that it is in, and ends that with the command's exit code. */
    public static void main(String[] args) {
        Stop stop = new Stop();
        Ending ending = Ending.watch(stop);
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        int code = run(List.of(args), shell(out, err, stop));
        out.flush();
        err.flush();
        ending.with(code);
    }

    private static Shell shell(PrintStream out, PrintStream err, Stop stop) {
        return new Shell(
                System.in,
                out,
                err,
                System.getenv(),
                new SystemTerminal(),
                Path.of("").toAbsolutePath(),
                InstantSource.system(),
                ZoneId.systemDefault(),
                stop,
                new SystemRadios(System.getenv()));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
    }

    /**
     * Runs one command in a world of the caller's making.
     *
     * @return what the process would exit with, one of {@link ExitCode}
     */
    public static int run(List<String> args, Shell shell) {
        return new Dispatch(shell, Words.of(args)).run().code();
    }
}
