package org.maunode.device.wire;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.maunode.device.wire.WireException.Reason;

/**
 * Programs as child processes. Each gets a plain environment with a mark of its own, by which its children are found
 * again when it has to be killed, those that it left to run alone too.
 *
 * <p>Threads: one virtual thread a run, {@code mau-program}, which reads what the program writes and ends with it.
 */
final class ChildPrograms implements Programs {
    private static final String MARK = "MAU_PROGRAM_RUN";
    private static final Path PROCESSES = Path.of("/proc");

    @Override
    public String run(String program, List<String> arguments, Duration timeout) {
        String mark = UUID.randomUUID().toString();
        long deadline = System.nanoTime() + timeout.toNanos();
        Process process = start(program, arguments, mark);
        try {
            return answer(program, process, deadline);
        } catch (TimeoutException late) {
            throw new WireException(Reason.UNREADABLE, program + " took longer than " + timeout.toSeconds() + " s");
        } catch (ExecutionException broken) {
            throw new WireException(Reason.UNREADABLE, program + " cannot be read", broken.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new WireException(Reason.UNREADABLE, program + " was stopped with the node", stopped);
        } finally {
            kill(process, mark);
        }
    }

    private static String answer(String program, Process process, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<byte[]> output = new CompletableFuture<>();
        Thread.ofVirtual().name("mau-program").start(() -> read(process, output));
        byte[] bytes = output.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (bytes.length > MAX_OUTPUT) {
            throw new WireException(Reason.OVERSIZED, program + " wrote more than " + MAX_OUTPUT + " bytes");
        }
        if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException();
        }
        if (process.exitValue() != 0) {
            throw new WireException(Reason.UNREADABLE, program + " ended with code " + process.exitValue());
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Process start(String program, List<String> arguments, String mark) {
        List<String> command = new ArrayList<>();
        command.add(program);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.put("LC_ALL", "C");
        environment.put(MARK, mark);
        try {
            return builder.start();
        } catch (IOException e) {
            boolean isThere = Files.exists(Path.of(program));
            throw new WireException(
                    isThere ? Reason.UNREADABLE : Reason.VANISHED, program + " cannot be run: " + e.getMessage(), e);
        }
    }

    private static void read(Process process, CompletableFuture<byte[]> output) {
        try (InputStream in = process.getInputStream()) {
            output.complete(in.readNBytes(MAX_OUTPUT + 1));
        } catch (IOException e) {
            output.completeExceptionally(e);
        }
    }

    /** Whatever the run began and did not end. */
    private static void kill(Process process, String mark) {
        process.destroyForcibly();
        ProcessHandle.allProcesses()
                .filter(each -> isMarked(each.pid(), MARK + "=" + mark))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean isMarked(long pid, String mark) {
        try {
            String environment = Files.readString(
                    PROCESSES.resolve(Long.toString(pid)).resolve("environ"), StandardCharsets.ISO_8859_1);
            return List.of(environment.split("\0")).contains(mark);
        } catch (IOException othersOrGone) {
            return false;
        }
    }
}
