package org.maunode.device.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.device.wire.WireException.Reason;

@Timeout(30)
final class ChildProgramsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final Programs programs = new ChildPrograms();

    private String program(String body) throws IOException {
        Path file = folder.resolve("program");
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }

    private String run(String body, String... arguments) throws IOException {
        return programs.run(program(body), List.of(arguments), LONG);
    }

    private Reason refusal(Duration timeout, String body) throws IOException {
        String program = program(body);
        return assertThrows(WireException.class, () -> programs.run(program, List.of(), timeout))
                .reason();
    }

    @Test
    void giveWhatTheProgramWrote() throws IOException {
        assertEquals("one\n21.5\n", run("echo one; echo 21.5"));
    }

    @Test
    void passArgumentsAsTheyAreWithoutAShell() throws IOException {
        assertEquals("[$HOME; rm -rf x] [] [*]\n", run("echo \"[$1] [$2] [$3]\"", "$HOME; rm -rf x", "", "*"));
    }

    @Test
    void tellTheProgramNothingOfTheNodesEnvironment() throws IOException {
        List<String> names = run("/usr/bin/env")
                .lines()
                .map(line -> line.replaceFirst("=.*", ""))
                .filter(name -> !List.of("PWD", "OLDPWD", "SHLVL", "_").contains(name))
                .sorted()
                .toList();
        assertEquals(List.of("LC_ALL", "MAU_PROGRAM_RUN", "PATH"), names);
    }

    @Test
    void giveItNothingToRead() throws IOException {
        assertEquals("end\n", run("cat; echo end"));
    }

    @Test
    void doNotMixInWhatItComplainsOf() throws IOException {
        assertEquals("5\n", run("echo trouble >&2; echo 5"));
    }

    @Test
    void takeAsMuchOutputAsTheLimitAndNoByteMore() throws IOException {
        assertEquals(
                Programs.MAX_OUTPUT,
                run("head -c " + Programs.MAX_OUTPUT + " /dev/zero").length());
        assertEquals(Reason.OVERSIZED, refusal(LONG, "head -c " + (Programs.MAX_OUTPUT + 1) + " /dev/zero"));
    }

    @Test
    void endAnEndlessWriterAtOnce() throws IOException {
        assertEquals(Reason.OVERSIZED, refusal(LONG, "exec cat /dev/zero"));
    }

    @Test
    void refuseAnAnswerWithAnotherCodeThanZero() throws IOException {
        assertEquals(Reason.UNREADABLE, refusal(LONG, "echo 5; exit 3"));
    }

    @Test
    void nameWhatIsNotThereOrCannotBeRun() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "5\n");
        assertEquals(
                Reason.VANISHED,
                assertThrows(
                                WireException.class,
                                () -> programs.run(folder.resolve("none").toString(), List.of(), LONG))
                        .reason());
        assertEquals(
                Reason.UNREADABLE,
                assertThrows(WireException.class, () -> programs.run(plain.toString(), List.of(), LONG))
                        .reason());
    }

    @Test
    void killALateProgramWithItsChildren() throws IOException {
        Path pids = folder.resolve("pids");
        String body = "echo $$ >" + pids + "; sleep 1000 & echo $! >>" + pids + "; wait";
        assertEquals(Reason.UNREADABLE, refusal(SHORT, body));
        assertAllGone(pids);
    }

    /**
     * It outlives its parent, in a session of its own, and would keep the output open for ever. The JDK closes the output of a program
     * that has ended if nobody is just reading it: then what was written is the answer.
     */
    @Test
    void killAChildThatWasLeftAloneWithTheOutput() throws IOException {
        Path pids = folder.resolve("pids");
        String body = "setsid sh -c 'echo $$ >" + pids + "; exec sleep 1000' & while [ ! -s " + pids
                + " ]; do :; done; echo 5";
        try {
            assertEquals("5\n", programs.run(program(body), List.of(), Duration.ofSeconds(3)));
        } catch (WireException late) {
            assertEquals(Reason.UNREADABLE, late.reason());
        }
        assertAllGone(pids);
    }

    private static void assertAllGone(Path pids) throws IOException {
        List<String> lines = Files.readAllLines(pids);
        assertFalse(lines.isEmpty());
        for (String pid : lines) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ChildProgramsTest::assertEnds);
        }
    }

    private static void assertEnds(ProcessHandle process) {
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (Exception alive) {
            throw new AssertionError(process.pid() + " is alive", alive);
        }
        assertTrue(!process.isAlive());
    }
}
