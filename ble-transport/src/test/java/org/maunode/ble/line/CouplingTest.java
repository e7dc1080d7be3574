package org.maunode.ble.line;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A call and its socket say the same: ends of stream, resets, and that nobody reads. */
class CouplingTest {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Test
    void whoHasFinishedStillHears() throws Exception {
        Servant answering = far -> {
            byte[] all = far.getInputStream().readAllBytes();
            Ends.say(far, all.length + " bytes");
        };
        try (Neighbours neighbours = new Neighbours(1, answering)) {
            Socket far = Neighbours.call(neighbours.reach(Servant.nobody()));
            Ends.say(far, "hello");
            far.shutdownOutput();
            Ends.hear("5 bytes", far);
            Ends.hearEnd(far);
        }
    }

    @Test
    void whoHasHeardTheEndStillSpeaks() throws Exception {
        Servant finishing = far -> {
            Ends.hear("hello", far);
            far.shutdownOutput();
            heard.add(new String(far.getInputStream().readAllBytes()));
        };
        try (Neighbours neighbours = new Neighbours(1, finishing)) {
            Socket far = Neighbours.call(neighbours.reach(Servant.nobody()));
            Ends.say(far, "hello");
            Ends.hearEnd(far);
            Ends.say(far, "still here");
            far.close();
            assertEquals("still here", Neighbours.await(heard));
        }
    }

    @Test
    void aResetOfTheCallerReachesTheOtherEnd() throws Exception {
        Servant waiting = far -> {
            Ends.hear("hello", far);
            Ends.say(far, "yes");
            heard.add(assertThrows(IOException.class, () -> far.getInputStream().read())
                    .getMessage());
        };
        try (Neighbours neighbours = new Neighbours(1, waiting)) {
            Socket far = Neighbours.call(neighbours.reach(Servant.nobody()));
            Ends.say(far, "hello");
            Ends.hear("yes", far);
            Ends.reset(far);
            assertEquals("Connection reset", Neighbours.await(heard));
        }
    }

    @Test
    void aResetOfTheCalledReachesTheCaller_andTheNextCallIsNoneTheWorse() throws Exception {
        Servant moody = far -> {
            if (far.getInputStream().read() == 'r') {
                Ends.reset(far);
            } else {
                Ends.say(far, "yes");
            }
        };
        try (Neighbours neighbours = new Neighbours(1, moody)) {
            Line line = neighbours.reach(Servant.nobody());
            for (int i = 0; i < 5; i++) {
                Socket far = Neighbours.call(line);
                Ends.say(far, "r");
                Ends.hearReset(far);
                Socket next = Neighbours.call(line);
                Ends.say(next, "n");
                Ends.hear("yes", next);
                next.close();
            }
        }
    }

    @Test
    void aCallerWhoLeavesInTheMiddleOfTheAnswerStopsIt() throws Exception {
        Servant endless = far -> {
            Ends.hear("hello", far);
            assertThrows(IOException.class, () -> writeForever(far));
            heard.add("stopped");
        };
        try (Neighbours neighbours = new Neighbours(1, endless)) {
            Socket far = Neighbours.call(neighbours.reach(Servant.nobody()));
            Ends.say(far, "hello");
            assertEquals(100_000, far.getInputStream().readNBytes(100_000).length);
            far.close();
            assertEquals("stopped", Neighbours.await(heard));
        }
    }

    private static void writeForever(Socket far) throws IOException {
        while (true) {
            far.getOutputStream().write(new byte[4096]);
        }
    }

    /** The way back on the other stream stays open meanwhile; both carriers keep little. */
    @Test
    void aReaderWhoStopsHoldsTheWriterBackAndNobodyElse() throws Exception {
        CountDownLatch pause = new CountDownLatch(1);
        Servant slow = far -> {
            awaitQuietly(pause);
            heard.add(far.getInputStream().readAllBytes().length + " bytes");
        };
        try (Neighbours neighbours = new Neighbours(1, slow)) {
            Line atPhone = neighbours.reach(Servant.echo());
            byte[] much = Ends.bytes(4_000_000, 1);
            FutureTask<byte[]> writing = new FutureTask<>(() -> ExchangeTest.echoed(Neighbours.call(atPhone), much));
            Thread.ofVirtual().start(writing);
            byte[] back = Ends.bytes(500_000, 2);
            assertArrayEquals(back, ExchangeTest.echoed(Neighbours.call(neighbours.begun()), back));
            long accepted = atPhone.traffic().bytesOut();
            assertTrue(accepted < 1_000_000, () -> accepted + " bytes were taken though nobody reads");
            pause.countDown();
            assertEquals("4000000 bytes", Neighbours.await(heard));
            writing.get();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void manyCallsFollowOneAnother() throws Exception {
        try (Neighbours neighbours = new Neighbours(1, Servant.echo())) {
            Line line = neighbours.reach(Servant.nobody());
            for (int i = 0; i < 100; i++) {
                byte[] bytes = Ends.bytes(i * 37 + 1, i);
                assertArrayEquals(bytes, ExchangeTest.echoed(Neighbours.call(line), bytes));
            }
        }
    }

    @Test
    void callsWaitForThoseBeforeThem() throws Exception {
        Servant noting = far -> {
            heard.add(new String(far.getInputStream().readNBytes(1)));
            far.getInputStream().readAllBytes();
        };
        try (Neighbours neighbours = new Neighbours(1, noting)) {
            Line line = neighbours.reach(Servant.nobody());
            List<Socket> calls = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                calls.add(Neighbours.call(line));
            }
            for (int i = 4; i >= 0; i--) {
                Ends.say(calls.get(i), "" + i);
            }
            for (int i = 0; i < 5; i++) {
                assertEquals("" + i, Neighbours.await(heard));
                assertTrue(heard.isEmpty());
                calls.get(i).close();
            }
        }
    }

    @Test
    void asManyCallsWaitAsAreAllowed_andNotOneMore() throws Exception {
        try (Neighbours neighbours = new Neighbours(1, Servant.echo())) {
            Line line = neighbours.reach(Servant.nobody());
            Socket first = Neighbours.call(line);
            Ends.say(first, "hello");
            Ends.hear("hello", first);
            List<Socket> calls = new ArrayList<>();
            for (int i = 0; i < Bounds.CALLS_WAITING; i++) {
                calls.add(Neighbours.call(line));
            }
            Ends.hearReset(Neighbours.call(line));
            first.close();
            for (Socket waited : calls) {
                Ends.say(waited, "at last");
                Ends.hear("at last", waited);
                waited.close();
            }
        }
    }

    @Test
    void theFirstByteIsShownAndStillHeard() throws Exception {
        AtomicReference<Byte> first = new AtomicReference<>();
        Callee looking = (line, byteSeen) -> {
            first.set(byteSeen);
            return Servant.echo().take(line, byteSeen);
        };
        try (Neighbours neighbours = new Neighbours(1, looking)) {
            Socket far = Neighbours.call(neighbours.reach(Servant.nobody()));
            Ends.say(far, "TLS");
            Ends.hear("TLS", far);
            assertEquals((byte) 'T', first.get());
        }
    }

    @Test
    void aCallThatNobodyTakesIsReset() throws Exception {
        try (Neighbours neighbours = new Neighbours(1, Servant.nobody())) {
            Line line = neighbours.reach(Servant.nobody());
            for (int i = 0; i < 3; i++) {
                Socket far = Neighbours.call(line);
                Ends.say(far, "hello");
                Ends.hearReset(far);
            }
        }
    }

    @Test
    void aCalleeThatFailsHurtsOneCallOnly() throws Exception {
        Callee failing = (line, first) -> {
            if (first == 'f') {
                throw new IllegalStateException("a mistake");
            }
            return Servant.echo().take(line, first);
        };
        try (Neighbours neighbours = new Neighbours(1, failing)) {
            Line line = neighbours.reach(Servant.nobody());
            Socket far = Neighbours.call(line);
            Ends.say(far, "f");
            Ends.hearReset(far);
            byte[] fine = {1, 2, 3};
            assertArrayEquals(fine, ExchangeTest.echoed(Neighbours.call(line), fine));
        }
    }

    @Test
    void aSocketThatIsNotConnectedIsClosed_andTheLineGoesOn() throws Exception {
        try (Neighbours neighbours = new Neighbours(1, Servant.echo())) {
            Line line = neighbours.reach(Servant.nobody());
            SocketChannel useless = SocketChannel.open();
            line.call(useless);
            byte[] fine = {1, 2, 3};
            assertArrayEquals(fine, ExchangeTest.echoed(Neighbours.call(line), fine));
            assertFalse(useless.isOpen());
        }
    }

    @Test
    void aCallWithoutAWordTroublesNobody() throws Exception {
        try (Neighbours neighbours = new Neighbours(1, Servant.echo())) {
            Line line = neighbours.reach(Servant.nobody());
            for (int i = 0; i < 3; i++) {
                Neighbours.call(line).close();
                Ends.reset(Neighbours.call(line));
                byte[] fine = {1, 2, 3};
                assertArrayEquals(fine, ExchangeTest.echoed(Neighbours.call(line), fine));
            }
        }
    }
}
