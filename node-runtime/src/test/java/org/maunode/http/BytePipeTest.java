package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;

final class BytePipeTest {
    private static final int WINDOW = 1000;

    private final BytePipe pipe = new BytePipe(WINDOW, Duration.ofSeconds(10));

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.wrap(new byte[count]);
    }

    @Test
    void whatIsPutIsReadInOrderToTheEnd() throws IOException {
        pipe.put(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        pipe.put(ByteBuffer.wrap(new byte[] {4}));
        pipe.end();
        assertEquals(1, pipe.read());
        assertArrayEquals(new byte[] {2, 3, 4}, pipe.readAllBytes());
        assertEquals(-1, pipe.read());
    }

    @Test
    void aReaderWaitsForBytes() throws Exception {
        CompletableFuture<Integer> reader = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                reader.complete(pipe.read());
            } catch (IOException unexpected) {
                reader.completeExceptionally(unexpected);
            }
        });
        pipe.put(ByteBuffer.wrap(new byte[] {7}));
        assertEquals(7, reader.get());
        thread.join();
    }

    @Test
    void aReaderDoesNotWaitForEver() {
        BytePipe silent = new BytePipe(WINDOW, Duration.ofMillis(1));
        assertEquals(
                Reason.TIMED_OUT,
                assertThrows(ExchangeException.class, silent::read).reason());
    }

    @Test
    void creditIsGivenForWhatWasReadAndNotBefore() throws IOException {
        AtomicInteger granted = new AtomicInteger();
        pipe.put(bytes(WINDOW));
        pipe.credit(granted::addAndGet);
        assertEquals(0, granted.get());
        pipe.readNBytes(WINDOW / 2 - 1);
        assertEquals(0, granted.get(), "small grants are saved up");
        pipe.readNBytes(1);
        assertEquals(WINDOW / 2, granted.get());
        pipe.readNBytes(WINDOW - WINDOW / 2);
        assertEquals(WINDOW, granted.get());
    }

    @Test
    void creditEarnedBeforeAnybodyAskedForItIsGivenAtOnce() throws IOException {
        AtomicInteger granted = new AtomicInteger();
        pipe.put(bytes(10));
        pipe.readNBytes(10);
        pipe.credit(granted::addAndGet);
        assertEquals(10, granted.get());
    }

    @Test
    void aSenderWhoMindsNoWindowIsStopped() {
        assertTrue(pipe.put(bytes(WINDOW + BytePipe.SLACK)));
        assertFalse(pipe.put(bytes(1)));
        assertEquals(WINDOW + BytePipe.SLACK, pipe.held());
        assertEquals(
                Reason.PROTOCOL,
                assertThrows(ExchangeException.class, pipe::read).reason());
    }

    @Test
    void theFirstFailureCountsAndNoneBehindTheEnd() throws IOException {
        pipe.fail(new ExchangeException(Reason.BUSY, "first"));
        pipe.fail(new ExchangeException(Reason.UNREACHABLE, "second"));
        assertEquals(
                Reason.BUSY, assertThrows(ExchangeException.class, pipe::read).reason());
        BytePipe whole = new BytePipe(WINDOW, Duration.ZERO);
        whole.end();
        whole.fail(new ExchangeException(Reason.UNREACHABLE, "late"));
        assertEquals(-1, whole.read());
    }
}
