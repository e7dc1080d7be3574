package org.maunode.discovery.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.overlay.Lines.Door;
import org.maunode.discovery.overlay.Lines.Line;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;

class LinesTest {
    private final List<StubPeer> dialed = new ArrayList<>();
    private final Lines lines = new Lines((who, address) -> dialed(new StubPeer(who)));

    private synchronized StubPeer dialed(StubPeer peer) {
        dialed.add(peer);
        return peer;
    }

    private static Door door(int number) {
        return new Door(Fingerprint.of("%040x".formatted(number)), new InetSocketAddress("127.0.0.1", 1000 + number));
    }

    private Line used(int number, long now) {
        Line line = lines.take(door(number));
        line.peer().ping();
        lines.release(line, now);
        return line;
    }

    /** KW-23. */
    @Test
    void aSecondQuestionWithinTheTimeGoesOverTheSameLine() {
        used(1, 0);
        assertTrue(lines.isWorn(used(1, Lines.KEPT - 1)));
        assertEquals(1, dialed.size());
        assertEquals(2, dialed.getFirst().pings.get());
    }

    /** KW-23. */
    @Test
    void aLineThatNobodyUsesIsHungUpInTimeAndNotBefore() {
        used(1, 100);
        assertEquals(OptionalLong.of(100 + Lines.KEPT), lines.due());
        lines.expire(99 + Lines.KEPT);
        assertEquals(0, dialed.getFirst().closings.get());
        lines.expire(100 + Lines.KEPT);
        assertEquals(1, dialed.getFirst().closings.get());
        assertEquals(OptionalLong.empty(), lines.due());
        assertEquals(0, lines.count());
    }

    @Test
    void aLineInUseIsNotHungUp() {
        Line line = lines.take(door(1));
        line.peer();
        lines.expire(Long.MAX_VALUE);
        assertEquals(0, dialed.getFirst().closings.get());
        assertEquals(OptionalLong.empty(), lines.due());
        lines.release(line, 0);
        assertEquals(OptionalLong.of(Lines.KEPT), lines.due());
    }

    @Test
    void ofTheLinesThatNobodyUsesTheOldestGoWhenThereAreTooMany() {
        for (int i = 0; i <= Lines.MAX_IDLE; i++) {
            used(i, i);
        }
        assertEquals(Lines.MAX_IDLE, lines.count());
        assertEquals(1, dialed.getFirst().closings.get());
        assertEquals(0, dialed.get(1).closings.get());
    }

    @Test
    void aLineThatBrokeIsGivenToNobodyElse() {
        Line line = lines.take(door(1));
        StubPeer first = (StubPeer) line.peer();
        lines.drop(line);
        assertEquals(1, first.closings.get());
        Line next = lines.take(door(1));
        assertFalse(lines.isWorn(next));
        assertFalse(first == next.peer());
    }

    @Test
    void aLineThatTwoUseGoesWithTheLastOfThem() {
        Line one = lines.take(door(1));
        Line same = lines.take(door(1));
        assertSame(one, same);
        one.peer();
        lines.drop(one);
        assertEquals(0, dialed.getFirst().closings.get());
        lines.drop(same);
        assertEquals(1, dialed.getFirst().closings.get());
    }

    @Test
    void twoWhoWantTheSameAtOnceShareOneDial() throws Exception {
        CountDownLatch dialing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Lines slow = new Lines((who, address) -> {
            dialing.countDown();
            try {
                go.await();
            } catch (InterruptedException stop) {
                throw new AssertionError(stop);
            }
            return dialed(new StubPeer(who));
        });
        CompletableFuture<RemotePeer> first =
                CompletableFuture.supplyAsync(() -> slow.take(door(1)).peer());
        dialing.await();
        CompletableFuture<RemotePeer> second =
                CompletableFuture.supplyAsync(() -> slow.take(door(1)).peer());
        go.countDown();
        assertSame(first.get(), second.get());
        assertEquals(1, dialed.size());
    }

    @Test
    void whyThereIsNoLineIsToldToAllWhoWantedIt() {
        Lines dead = new Lines((who, address) -> {
            throw new ExchangeException(Reason.WRONG_IDENTITY, "another answers");
        });
        Line line = dead.take(door(1));
        for (int i = 0; i < 2; i++) {
            ExchangeException why = assertThrows(ExchangeException.class, line::peer);
            assertEquals(Reason.WRONG_IDENTITY, why.reason());
        }
        dead.drop(line);
        assertEquals(0, dead.count());
    }

    @Test
    void closingHangsUpWhatIsIdleAndTheRestWithItsLastUser() {
        used(1, 0);
        Line busy = lines.take(door(2));
        busy.peer();
        lines.close();
        assertEquals(1, dialed.getFirst().closings.get());
        assertEquals(0, dialed.get(1).closings.get());
        lines.release(busy, 0);
        assertEquals(1, dialed.get(1).closings.get());
        assertEquals(0, lines.count());
    }
}
