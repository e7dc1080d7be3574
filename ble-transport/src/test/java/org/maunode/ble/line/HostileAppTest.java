package org.maunode.ble.line;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.session.Call;
import org.maunode.ble.session.Ending;
import org.maunode.ble.session.Limits;
import org.maunode.ble.session.Session;
import org.maunode.ble.session.SessionException.Reason;
import org.maunode.ble.session.Side;

/** Apps that do not do what is expected of them. Time stands still unless the test moves it. */
class HostileAppTest {
    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final Random ids = new Random(7);
    private final Carrier board = new Carrier(244, clock::get, ids::nextInt);
    private final BlockingQueue<Line> begun = new LinkedBlockingQueue<>();
    private final Peripheral.Acceptor acceptor = board.answering(Servant.echo(), begun::add);

    @AfterEach
    void noThreadIsLeft() {
        board.close();
        Neighbours.assertNoThread("mau-ble");
    }

    private void pass(int milliseconds, App nudged) {
        clock.addAndGet(milliseconds);
        nudged.say(new byte[] {42});
    }

    private long timeUntilClosed(App app) throws InterruptedException {
        long start = clock.get();
        while (!app.isClosedWithin(2)) {
            pass(100, app);
            assertTrue(clock.get() < start + 1_000_000, "the board never closes the connection");
        }
        return clock.get() - start;
    }

    @Test
    void anAppThatComesBackOnTheSameConnectionHasANewLine() throws Exception {
        BlockingQueue<Socket> served = new LinkedBlockingQueue<>();
        App app = new App(board.answering(keeping(served), begun::add));
        app.open();
        app.session().call().orElseThrow().write(new byte[] {1}, 0, 1);
        app.run(() -> !served.isEmpty());
        Line first = Neighbours.await(begun);
        Socket old = Neighbours.await(served);
        app.restart(2);
        app.open();
        assertEquals("the other side began anew on the same connection", Neighbours.ending(first));
        Ends.hearReset(old);
        Line second = Neighbours.await(begun);
        Call call = app.session().call().orElseThrow();
        call.write(new byte[] {2}, 0, 1);
        app.run(() -> !served.isEmpty());
        Socket fresh = Neighbours.await(served);
        assertEquals(2, fresh.getInputStream().read());
        fresh.getOutputStream().write(3);
        app.run(() -> call.readable() == 1);
        assertFalse(app.isClosed());
        assertEquals(1, second.traffic().bytesIn());
    }

    @Test
    void anAppMayComeBackWhileItsOldLineIsStillSayingGoodbye() throws Exception {
        App app = new App(acceptor);
        app.open();
        app.run(() -> !begun.isEmpty());
        app.session().close(0);
        app.run(() -> app.session().state() == Session.State.CLOSED);
        app.restart(2);
        app.open();
        assertEquals("closed by the other side", Neighbours.ending(Neighbours.await(begun)));
        app.run(() -> !begun.isEmpty());
    }

    @Test
    void aCentralThatSaysNothingButGarbageIsNoLine_andIsCutOff() throws Exception {
        App app = new App(acceptor);
        for (int i = 0; i < 100; i++) {
            app.say(Ends.bytes(100, i));
        }
        long passed = timeUntilClosed(app);
        assertTrue(passed >= Limits.SETUP_LIMIT, () -> "after " + passed + " ms");
        assertTrue(begun.isEmpty());
    }

    @Test
    void silenceEndsTheLine() throws Exception {
        App app = new App(acceptor);
        app.open();
        app.run(() -> !begun.isEmpty());
        pass(Limits.SILENCE_LIMIT, app);
        app.run(() -> app.session().state() == Session.State.CLOSED);
        assertEquals(
                new Ending(Side.PERIPHERAL, Reason.SILENCE),
                app.session().ending().orElseThrow());
        pass(Bounds.FAREWELL_LIMIT, app);
        app.awaitClosed();
        assertEquals("nothing was heard from the other side", Neighbours.ending(Neighbours.await(begun)));
    }

    @Test
    void aMistakeOfTheAppEndsItsLineWithTheReason() throws Exception {
        App app = new App(acceptor);
        app.open();
        app.run(() -> !begun.isEmpty());
        byte[] hello = hello(1, 64);
        app.say(hello);
        app.run(() -> app.session().state() == Session.State.CLOSED);
        assertEquals(Reason.HELLO_INVALID, app.session().ending().orElseThrow().reason());
        pass(Bounds.FAREWELL_LIMIT, app);
        app.awaitClosed();
        assertEquals(
                "the other side broke the protocol (HELLO_INVALID): window 64 is not within 1 to 63",
                Neighbours.ending(Neighbours.await(begun)));
    }

    /** As the specification has it: 80, versions, largest, window, id, check. */
    private static byte[] hello(int id, int window) {
        byte[] body = {(byte) 0x80, 0x11, 0, (byte) 244, (byte) window, 0, 0, 0, (byte) id};
        CRC32 crc = new CRC32();
        crc.update(body);
        byte[] frame = Arrays.copyOf(body, body.length + 3);
        for (int i = 0; i < 3; i++) {
            frame[body.length + i] = (byte) (crc.getValue() >> 16 - 8 * i);
        }
        return frame;
    }

    @Test
    void aLinkThatTakesNothingIsHeldForLost() throws Exception {
        App app = new App(acceptor);
        app.open();
        app.run(() -> !begun.isEmpty());
        app.takeNothing();
        Call call = app.session().call().orElseThrow();
        call.write(Ends.bytes(8000, 1), 0, 8000);
        app.run(() -> call.readable() > Bounds.FRAMES_OUTSTANDING / 2 * 239);
        Line line = Neighbours.await(begun);
        while (line.traffic().framesOut() < Bounds.FRAMES_OUTSTANDING) {
            app.run(() -> true);
            pass(1, app);
        }
        pass(Bounds.STUCK_LIMIT, app);
        assertEquals("the connection is gone: the radio has taken no frame for 30 s", Neighbours.ending(line));
        assertTrue(app.isClosed());
    }

    @Test
    void asManyCentralsAreServedAsAreAllowed_andTheNextIsRefused() throws Exception {
        List<App> apps = new ArrayList<>();
        for (int i = 0; i < Bounds.MOST_CALLERS; i++) {
            apps.add(new App(acceptor));
            apps.getLast().open();
        }
        App late = new App(acceptor);
        late.run(() -> late.session().state() == Session.State.CLOSED);
        assertEquals(
                new Ending(Side.PERIPHERAL, Reason.BUSY),
                late.session().ending().orElseThrow());
        pass(Bounds.FAREWELL_LIMIT, late);
        late.awaitClosed();
        apps.getFirst().lose("out of range");
        Neighbours.ending(Neighbours.await(begun));
        App next = new App(acceptor);
        next.open();
        assertFalse(apps.getLast().isClosed());
    }

    @Test
    void aRefusedCentralIsNotKeptThoughItSaysNothing() throws Exception {
        List<App> apps = new ArrayList<>();
        for (int i = 0; i < Bounds.MOST_CALLERS + Bounds.MOST_REFUSED; i++) {
            apps.add(new App(acceptor));
        }
        assertTrue(new App(acceptor).isClosed());
        App refused = apps.getLast();
        assertFalse(refused.isClosed());
        pass(Bounds.REFUSED_LIMIT, refused);
        refused.awaitClosed();
    }

    @Test
    void closeGivesUpOnAnAppThatTakesNothing() throws Exception {
        App app = new App(acceptor);
        app.open();
        app.run(() -> !begun.isEmpty());
        Line line = Neighbours.await(begun);
        Socket far = Neighbours.call(line);
        far.getOutputStream().write(new byte[100_000]);
        app.run(() -> app.session().accept().isPresent());
        line.close();
        pass(Limits.CLOSE_LIMIT - 1, app);
        assertFalse(line.ended().toCompletableFuture().isDone());
        timeUntilClosed(app);
        assertEquals(
                "given up by this side: what was written could not be delivered within 10 s", Neighbours.ending(line));
        Ends.hearReset(far);
    }

    @Test
    void aReaderWhoNeverReadsDoesNotKeepALineForEver() throws Exception {
        BlockingQueue<Socket> served = new LinkedBlockingQueue<>();
        App app = new App(board.answering(keeping(served), begun::add));
        app.open();
        fill(app.session().call().orElseThrow(), app);
        Line line = Neighbours.await(begun);
        app.session().abort(0);
        app.run(() -> app.session().state() == Session.State.CLOSED);
        timeUntilClosed(app);
        assertEquals("given up by the other side", Neighbours.ending(line));
        pass(Bounds.FLUSH_LIMIT, app);
        Ends.hearReset(Neighbours.await(served));
    }

    /** Writes until nothing has moved for a while. */
    private static void fill(Call call, App app) throws InterruptedException {
        AtomicInteger quiet = new AtomicInteger();
        app.run(() -> {
            int moved = call.write(new byte[4096], 0, 4096);
            return quiet.updateAndGet(turns -> moved > 0 ? 0 : turns + 1) > 60;
        });
    }

    private static Callee keeping(BlockingQueue<Socket> served) {
        return (line, first) -> {
            Ends ends = Ends.open();
            served.add(ends.far());
            return ends.near();
        };
    }

    @Test
    void aLinkThatFailsHurtsItsOwnLineOnly() throws Exception {
        App fine = new App(acceptor);
        fine.open();
        App broken = new App(acceptor);
        broken.failToSend();
        broken.say(hello(9, 32));
        broken.awaitClosed();
        Call call = fine.session().call().orElseThrow();
        call.write(new byte[] {1}, 0, 1);
        fine.run(() -> call.readable() == 1);
    }

    /** Frames faster than anybody can read them: the other line is served all the same. */
    @Test
    void aFloodOnOneLinkDoesNotStarveAnother() throws Exception {
        App fine = new App(acceptor);
        fine.open();
        App flooding = new App(acceptor);
        flooding.open();
        AtomicBoolean enough = new AtomicBoolean();
        Thread flood = Thread.ofPlatform().start(() -> {
            while (!enough.get()) {
                flooding.say(new byte[500]);
            }
        });
        byte[] bytes = Ends.bytes(50_000, 1);
        Call call = fine.session().call().orElseThrow();
        AtomicInteger written = new AtomicInteger();
        AtomicInteger read = new AtomicInteger();
        byte[] back = new byte[bytes.length];
        fine.run(() -> {
            written.addAndGet(call.write(bytes, written.get(), bytes.length - written.get()));
            read.addAndGet(call.read(back, read.get(), back.length - read.get()));
            return read.get() == back.length;
        });
        enough.set(true);
        flood.join();
        assertArrayEquals(bytes, back);
    }

    @Test
    void theThreadIsThereWhileThereIsALine() throws Exception {
        assertEquals(0, Neighbours.threads("mau-ble").size());
        App app = new App(acceptor);
        app.open();
        app.run(() -> !begun.isEmpty());
        assertEquals(1, Neighbours.threads("mau-ble").size());
        app.lose("out of range");
        Line line = Neighbours.await(begun);
        Neighbours.ending(line);
        clock.addAndGet(Bounds.IDLE_LIMIT);
        line.close();
        app.restart(2);
        app.run(() -> Neighbours.threads("mau-ble").isEmpty());
        App again = new App(acceptor);
        again.open();
        assertEquals(1, Neighbours.threads("mau-ble").size());
    }
}
