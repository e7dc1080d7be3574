package org.maunode.discovery;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.maunode.exchange.Dialer;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.SilentPeer;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

/** A network in which the test says who answers where, and when. Nobody answers at an address it was not told of. */
final class FakeNetwork implements Dialer {
    private final Map<InetSocketAddress, Fingerprint> there = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, CountDownLatch> held = new ConcurrentHashMap<>();
    private final List<InetSocketAddress> deaf = Collections.synchronizedList(new ArrayList<>());

    /** Every address that was dialled, in order. */
    final BlockingQueue<InetSocketAddress> dialled = new LinkedBlockingQueue<>();

    /** Attempts that ended because they were interrupted. */
    final BlockingQueue<InetSocketAddress> interrupted = new LinkedBlockingQueue<>();

    /** Connections that were closed. */
    final BlockingQueue<InetSocketAddress> closed = new LinkedBlockingQueue<>();

    static InetSocketAddress address(int number) {
        return HostAndPort.parse("10.0.0." + number + ":6275");
    }

    FakeNetwork answers(InetSocketAddress where, Fingerprint who) {
        there.put(where, who);
        return this;
    }

    /** An attempt there lasts until the latch is open. */
    CountDownLatch holds(InetSocketAddress where) {
        CountDownLatch latch = new CountDownLatch(1);
        held.put(where, latch);
        return latch;
    }

    /** An attempt there lasts until the latch is open, and pays no heed to interruptions. */
    CountDownLatch holdsStubbornly(InetSocketAddress where) {
        deaf.add(where);
        return holds(where);
    }

    @Override
    public RemotePeer dial(Fingerprint expected, InetSocketAddress address) {
        dialled.add(address);
        await(address);
        Fingerprint who = there.get(address);
        if (who == null) {
            throw new ExchangeException(Reason.UNREACHABLE, "nobody there");
        }
        if (!who.equals(expected)) {
            throw new ExchangeException(Reason.WRONG_IDENTITY, who + " answers");
        }
        return new Connected(expected, address);
    }

    private void await(InetSocketAddress address) {
        CountDownLatch latch = held.getOrDefault(address, new CountDownLatch(0));
        boolean late = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException stop) {
                if (!deaf.contains(address)) {
                    interrupted.add(address);
                    Thread.currentThread().interrupt();
                    throw new ExchangeException(Reason.UNREACHABLE, "interrupted", stop);
                }
                late = true;
            }
        }
        if (late) {
            Thread.currentThread().interrupt();
        }
    }

    /** A connection that can only be closed. */
    final class Connected extends SilentPeer {
        private final Fingerprint peer;
        final InetSocketAddress address;
        final CompletableFuture<Boolean> isClosed = new CompletableFuture<>();

        Connected(Fingerprint peer, InetSocketAddress address) {
            this.peer = peer;
            this.address = address;
        }

        @Override
        public Fingerprint fingerprint() {
            return peer;
        }

        @Override
        public void close() {
            if (isClosed.complete(true)) {
                closed.add(address);
            }
        }
    }
}
