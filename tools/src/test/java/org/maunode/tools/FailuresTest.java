package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.maunode.exchange.ExchangeException;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.runtime.ExitCode;
import org.maunode.store.StoreException;
import org.maunode.tools.shell.Stop;

/** Every way to fail has a code and a line. */
class FailuresTest {
    @TempDir
    Path directory;

    private static void assertMeaning(ExitCode code, String line, Throwable failure) {
        Failures meaning = Failures.of(failure);
        assertEquals(line, meaning.line());
        assertEquals(code, meaning.code());
        assertFalse(meaning.isDefect());
    }

    @Test
    void filesThatFailAreNamed() {
        assertMeaning(ExitCode.NOT_FOUND, "/x: no such file or directory", new NoSuchFileException("/x"));
        assertMeaning(ExitCode.DISK, "/x: permission denied", new AccessDeniedException("/x"));
        assertMeaning(
                ExitCode.DISK,
                "/x: no space left on device",
                new FileSystemException("/x", null, "No space left on device"));
        assertMeaning(
                ExitCode.DISK,
                "/x: read-only file system",
                new FileSystemException("/x", null, "Read-only file system"));
        assertMeaning(ExitCode.FAILED, "/x: is a directory", new FileSystemException("/x", null, "Is a directory"));
        assertMeaning(ExitCode.FAILED, "broken pipe", new IOException("Broken pipe"));
        assertMeaning(ExitCode.ADDRESS_IN_USE, "in use", new BindException("in use"));
        assertMeaning(ExitCode.FAILED, "interrupted", new InterruptedException());
    }

    @ParameterizedTest
    @EnumSource(StoreException.Reason.class)
    void noReasonOfTheStoreIsADefect(StoreException.Reason reason) {
        StoreException failure = new StoreException(reason, Path.of("/x"), "what was wrong", null);
        assertMeaning(ExitCode.of(failure), "what was wrong", failure);
    }

    @ParameterizedTest
    @EnumSource(OpenPgpException.Reason.class)
    void noReasonOfOpenPgpIsADefect(OpenPgpException.Reason reason) {
        OpenPgpException failure = new OpenPgpException(reason, "what was wrong");
        assertMeaning(ExitCode.of(failure), "what was wrong", failure);
    }

    @ParameterizedTest
    @EnumSource(ExchangeException.Reason.class)
    void noReasonOfAPeerIsADefect(ExchangeException.Reason reason) {
        ExchangeException failure = new ExchangeException(reason, "what was wrong");
        assertMeaning(ExitCode.of(failure), "what was wrong", failure);
    }

    @Test
    void anythingElseIsADefectThatIsOneLineUnlessOneAsks() {
        Cli alice = Cli.with(directory, "alice");
        alice.clock = () -> {
            throw new IllegalStateException("the clock\nstopped");
        };
        alice.file("a.txt", "a");
        Result result = alice.mau("share", "a.txt", "--public");
        assertEquals(ExitCode.FAILED.code(), result.code());
        assertEquals(
                List.of("mau: unexpected: java.lang.IllegalStateException: the clock\uFFFDstopped; "
                        + "this is a defect; --log debug shows where, please report it"),
                result.errors());
        Result traced = alice.mau("share", "a.txt", "--public", "--log", "debug");
        assertTrue(traced.err().contains("\tat org.maunode.tools."), traced.err());
    }

    @Test
    void aFailureInsideAJsonListLeavesAWholeDocument() {
        Cli alice = Cli.with(directory, "alice");
        alice.file("a.txt", "a");
        alice.mau("share", "a.txt", "--public").ok();
        Result result = alice.mau("delete", "a.txt", "b.txt", "--json");
        assertEquals(ExitCode.NOT_FOUND.code(), result.code());
        assertEquals(
                new JsonObject().add("deleted", "a.txt.pgp"),
                result.json().asArray().get(0));
    }

    @Test
    void aStopBeforeTheStartEndsAServerAtOnce() {
        Cli alice = Cli.with(directory, "alice");
        Stop stop = new Stop();
        stop.request();
        Result result = alice.mau(new ByteArrayOutputStream(), stop, "serve", "--port", "0");
        assertEquals(ExitCode.OK.code(), result.code(), result.err());
    }
}
