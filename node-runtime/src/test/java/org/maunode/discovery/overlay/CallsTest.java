package org.maunode.discovery.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.maunode.discovery.kademlia.Failure;
import org.maunode.exchange.Dialer;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

@ExtendWith(NoThreadsLeft.class)
class CallsTest {
    private static final Fingerprint PEER = Fingerprint.of("caeb72ddee0703e1b0d0334f88afa037955d532a");
    private static final InetAddress INSIDE = InetAddress.ofLiteral("192.168.1.1");

    private final Told told = new Told(_ -> true);
    private final List<String> dialed = new ArrayList<>();

    /** What is said of calls, one line each. */
    private record Told(Predicate<InetAddress> permitted, BlockingQueue<String> lines) implements Calls.Outcomes {
        Told(Predicate<InetAddress> permitted) {
            this(permitted, new LinkedBlockingQueue<>());
        }

        @Override
        public boolean permits(long call, InetAddress resolved) {
            return permitted.test(resolved);
        }

        @Override
        public void answered(long call, InetAddress from, List<Contact> contacts) {
            lines.add(call + " answered at " + from.getHostAddress() + " " + contacts.size());
        }

        @Override
        public void failed(long call, Failure why) {
            lines.add(call + " " + why);
        }

        String next() throws InterruptedException {
            return String.valueOf(lines.poll(10, TimeUnit.SECONDS));
        }
    }

    private static Contact at(String address) {
        return new Contact(PEER, HostAndPort.parse(address));
    }

    private static Dialer failing(Reason reason) {
        return (who, address) -> {
            throw new ExchangeException(reason, "as the test wants it");
        };
    }

    private synchronized StubPeer dial(Fingerprint who, InetSocketAddress address) {
        dialed.add(address.getAddress().getHostAddress());
        if (!address.getAddress().getHostAddress().endsWith(".9")) {
            throw new ExchangeException(Reason.UNREACHABLE, "nobody at " + address);
        }
        return new StubPeer(who);
    }

    private String outcome(Dialer dialer, Calls.Names names, Told of, Contact to) throws InterruptedException {
        try (Calls calls = new Calls(dialer, names, of, () -> 0)) {
            assertTrue(calls.make(7, to, peer -> peer.contactsNear(PEER)));
            return of.next();
        }
    }

    @Test
    void everyReasonIsOneOfFourToTheEngine() throws InterruptedException {
        Map<Reason, Failure> failures = Map.of(
                Reason.BUSY, Failure.UNREACHABLE,
                Reason.UNREACHABLE, Failure.UNREACHABLE,
                Reason.TIMED_OUT, Failure.UNREACHABLE,
                Reason.WRONG_IDENTITY, Failure.WRONG_IDENTITY,
                Reason.NOT_SUPPORTED, Failure.NOT_SUPPORTED,
                Reason.NOT_ALLOWED, Failure.NOT_SUPPORTED,
                Reason.PROTOCOL, Failure.MISBEHAVED,
                Reason.OVER_LIMIT, Failure.MISBEHAVED);
        for (Reason reason : failures.keySet()) {
            String said = outcome(failing(reason), InetAddress::getAllByName, told, at("127.0.0.1:1"));
            assertEquals("7 " + failures.get(reason), said, reason.toString());
        }
    }

    private static InetAddress[] addresses(int count) {
        InetAddress[] all = new InetAddress[count];
        for (int i = 0; i < count; i++) {
            all[i] = InetAddress.ofLiteral("203.0.113." + (10 - count + i));
        }
        return all;
    }

    /** KW-24. */
    @Test
    void theAddressesOfANameAreTriedInTurnAndNotTooMany() throws InterruptedException {
        Contact named = at("many.example.org:1");
        assertEquals("7 answered at 203.0.113.9 0", outcome(this::dial, _ -> addresses(4), told, named));
        assertEquals(List.of("203.0.113.6", "203.0.113.7", "203.0.113.8", "203.0.113.9"), dialed);
        dialed.clear();
        assertEquals("7 UNREACHABLE", outcome(this::dial, _ -> addresses(5), told, named));
        assertEquals(Calls.MAX_ADDRESSES, dialed.size());
    }

    /** KW-24. */
    @Test
    void aNameThatLeadsWhereItMayNotIsNotFollowed() throws InterruptedException {
        Told outside = new Told(address -> !address.equals(INSIDE));
        Contact named = at("rebinding.example.org:1");
        assertEquals("7 UNREACHABLE", outcome(this::dial, _ -> new InetAddress[] {INSIDE}, outside, named));
        assertEquals(List.of(), dialed);
        InetAddress[] both = {INSIDE, InetAddress.ofLiteral("203.0.113.9")};
        assertEquals("7 answered at 203.0.113.9 0", outcome(this::dial, _ -> both, outside, named));
        assertEquals(List.of("203.0.113.9"), dialed);
    }

    @Test
    void aNameThatLeadsNowhereIsAFailure() throws InterruptedException {
        Calls.Names none = host -> {
            throw new UnknownHostException(host);
        };
        assertEquals("7 UNREACHABLE", outcome(this::dial, none, told, at("nobody.invalid:1")));
    }

    @Test
    void callsBeyondTheLimitAreRefusedAndTheOthersAreMade() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        Dialer held = (who, address) -> {
            try {
                go.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            throw new ExchangeException(Reason.UNREACHABLE, "let go");
        };
        int limit = Calls.THREADS + Calls.MAX_WAITING;
        try (Calls calls = new Calls(held, told, () -> 0)) {
            for (int i = 0; i < limit; i++) {
                assertTrue(calls.make(i, at("127.0.0.1:" + (i + 1)), peer -> List.of()), "call " + i);
            }
            assertFalse(calls.make(limit, at("127.0.0.1:1"), peer -> List.of()));
            assertEquals(Calls.THREADS, calls.threads());
            go.countDown();
            for (int i = 0; i < limit; i++) {
                assertTrue(told.next().endsWith(" UNREACHABLE"));
            }
        }
    }

    @Test
    void nothingIsCalledAfterTheEnd() {
        Calls calls = new Calls(this::dial, told, () -> 0);
        calls.close();
        assertFalse(calls.make(1, at("127.0.0.1:1"), peer -> List.of()));
    }
}
