package org.maunode.tools.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.Resolver;
import org.maunode.identity.Fingerprint;

class LateTest {
    private static final Fingerprint ANN = Fingerprint.of("a".repeat(40));
    private static final InetSocketAddress THERE = InetSocketAddress.createUnresolved("there", 1);

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final List<InetSocketAddress> found = new ArrayList<>();

    private final Resolver knowing = new Resolver() {
        @Override
        public String name() {
            return "inside";
        }

        @Override
        public void resolve(Fingerprint peer, Consumer<InetSocketAddress> found) {
            found.accept(THERE);
        }
    };

    private final Late late = new Late("outside", this::open);

    private Late.Opened open() {
        opened.incrementAndGet();
        return new Late.Opened(knowing, closed::incrementAndGet);
    }

    @Test
    void isOpenedOnceWhenItIsAskedAndClosedOnce() {
        assertEquals("outside", late.name());
        assertEquals(0, opened.get());
        late.resolve(ANN, found::add);
        late.resolve(ANN, found::add);
        assertEquals(List.of(THERE, THERE), found);
        assertEquals(List.of(1, 0), List.of(opened.get(), closed.get()));
        late.close();
        late.close();
        assertEquals(List.of(1, 1), List.of(opened.get(), closed.get()));
    }

    @Test
    void isNotOpenedToBeClosedNorAfterIt() {
        late.close();
        late.resolve(ANN, found::add);
        assertEquals(List.of(), found);
        assertEquals(List.of(0, 0), List.of(opened.get(), closed.get()));
    }

    @Test
    void whatDidNotOpenIsTriedAgainAndThereIsNothingToClose() {
        Late broken = new Late("broken", () -> {
            opened.incrementAndGet();
            throw new UncheckedIOException(new IOException("no more files"));
        });
        assertThrows(UncheckedIOException.class, () -> broken.resolve(ANN, found::add));
        assertThrows(UncheckedIOException.class, () -> broken.resolve(ANN, found::add));
        broken.close();
        assertEquals(2, opened.get());
    }

    /** The end waits for what is being opened, so that nothing stays open behind it. */
    @Test
    void whatIsOpenedAtTheEndIsClosedToo() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Late slow = new Late("slow", () -> {
            opening.countDown();
            await(ended);
            return open();
        });
        FutureTask<Boolean> asking = started(() -> slow.resolve(ANN, found::add));
        opening.await();
        FutureTask<Boolean> closing = started(slow::close);
        ended.countDown();
        closing.get(10, TimeUnit.SECONDS);
        asking.get(10, TimeUnit.SECONDS);
        assertEquals(1, closed.get());
    }

    private static FutureTask<Boolean> started(Runnable what) {
        FutureTask<Boolean> task = new FutureTask<>(what, true);
        Thread.ofPlatform().name("mau-test-late").start(task);
        return task;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }
}
