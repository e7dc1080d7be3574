package org.maunode.discovery.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.net.Link.Trait;

class NetworkWatchTest {
    private static final Links WIRED = links("eth0", "192.168.1.7");
    private static final Links MOVED = links("eth0", "192.168.1.8");

    private static Links links(String name, String address) {
        LinkAddress own = new LinkAddress(InetAddress.ofLiteral(address), 24);
        return new Links(List.of(new Link(name, 2, Set.of(Trait.UP, Trait.MULTICAST), List.of(own))), List.of());
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(10, TimeUnit.SECONDS);
        assertNotNull(next, "nothing was told");
        return next;
    }

    @Test
    void tellsOfEachChangeAndKnowsTheNewStateByThen() throws InterruptedException {
        FakeLinks machine = new FakeLinks(WIRED);
        BlockingQueue<Links> told = new LinkedBlockingQueue<>();
        try (NetworkWatch watch = NetworkWatch.start(machine)) {
            assertEquals(WIRED, watch.now());
            watch.onChange(_ -> told.add(watch.now()));
            machine.change(MOVED);
            assertEquals(MOVED, next(told));
            machine.change(Links.NONE);
            assertEquals(Links.NONE, next(told));
        }
    }

    @Test
    void saysNothingWhenNothingIsDifferent() throws InterruptedException {
        FakeLinks machine = new FakeLinks(WIRED);
        BlockingQueue<Links> told = new LinkedBlockingQueue<>();
        try (NetworkWatch watch = NetworkWatch.start(machine)) {
            watch.onChange(told::add);
            machine.change(links("eth0", "192.168.1.7"));
            machine.change(MOVED);
            assertEquals(MOVED, next(told));
            assertTrue(told.isEmpty());
        }
    }

    @Test
    void oneListenerThatThrowsSilencesNoOther() throws InterruptedException {
        FakeLinks machine = new FakeLinks(WIRED);
        BlockingQueue<Links> told = new LinkedBlockingQueue<>();
        try (NetworkWatch watch = NetworkWatch.start(machine)) {
            watch.onChange(_ -> {
                throw new IllegalStateException("a test's listener");
            });
            watch.onChange(told::add);
            machine.change(MOVED);
            assertEquals(MOVED, next(told));
            machine.change(WIRED);
            assertEquals(WIRED, next(told));
        }
    }

    @Test
    void whoLeftIsToldNoMore() throws Exception {
        FakeLinks machine = new FakeLinks(WIRED);
        BlockingQueue<Links> gone = new LinkedBlockingQueue<>();
        BlockingQueue<Links> told = new LinkedBlockingQueue<>();
        try (NetworkWatch watch = NetworkWatch.start(machine)) {
            AutoCloseable registration = watch.onChange(gone::add);
            watch.onChange(told::add);
            registration.close();
            machine.change(MOVED);
            next(told);
            assertNull(gone.poll());
        }
    }

    @Test
    void aMachineThatCannotBeReadKeepsTheLastStateKnown() throws InterruptedException {
        CountDownLatch looked = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        LinkSource broken = new LinkSource() {
            @Override
            public Links read() throws IOException {
                looked.countDown();
                throw new IOException("no such device");
            }

            @Override
            public boolean awaitChange() throws InterruptedException {
                return looked.getCount() > 0 || !end.await(10, TimeUnit.SECONDS);
            }

            @Override
            public void close() {
                end.countDown();
            }
        };
        try (NetworkWatch watch = NetworkWatch.start(broken)) {
            assertTrue(looked.await(10, TimeUnit.SECONDS));
            assertEquals(Links.NONE, watch.now());
        }
    }

    @Test
    void mayBeClosedByItsOwnListener() throws InterruptedException {
        FakeLinks machine = new FakeLinks(WIRED);
        CountDownLatch closed = new CountDownLatch(1);
        NetworkWatch watch = NetworkWatch.start(machine);
        watch.onChange(_ -> {
            watch.close();
            closed.countDown();
        });
        machine.change(MOVED);
        assertTrue(closed.await(10, TimeUnit.SECONDS));
        watch.close();
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(NetworkWatch.THREAD)));
    }
}
