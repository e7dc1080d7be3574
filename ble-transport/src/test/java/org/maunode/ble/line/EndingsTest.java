package org.maunode.ble.line;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.session.Call;
import org.maunode.ble.session.Ending;
import org.maunode.ble.session.SessionException.Reason;
import org.maunode.ble.session.Side;

/** How lines end, and what of them is left. */
class EndingsTest {
    private final BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
    private final Servant listening = far -> heard.add(far.getInputStream().readAllBytes());

    @Test
    void everyEndingHasItsWords() {
        for (Reason reason : Reason.values()) {
            for (Side by : Side.values()) {
                String words = Endings.say(new Ending(by, reason), Side.CENTRAL, "");
                assertTrue(words.length() > 10 && !words.endsWith(" "), words);
            }
        }
        assertEquals(
                "the other side speaks another version of the protocol: 2 to 3",
                Endings.say(new Ending(Side.CENTRAL, Reason.VERSION), Side.CENTRAL, "2 to 3"));
    }

    @Test
    void closeDeliversWhatWasWritten() throws Exception {
        try (Neighbours neighbours = new Neighbours(1, listening)) {
            Line atPhone = neighbours.reach(Servant.nobody());
            Line atBoard = neighbours.begun();
            byte[] bytes = Ends.bytes(200_000, 1);
            Socket far = Neighbours.call(atPhone);
            far.getOutputStream().write(bytes);
            far.shutdownOutput();
            atPhone.close();
            assertArrayEquals(bytes, Neighbours.await(heard));
            assertEquals("closed by this side", Neighbours.ending(atPhone));
            assertEquals("closed by the other side", Neighbours.ending(atBoard));
            assertEquals(0, neighbours.air.connections());
        }
    }

    @Test
    void aBoardClosesJustAsAPhoneDoes() throws Exception {
        try (Neighbours neighbours = new Neighbours(1, Servant.echo())) {
            Line atPhone = neighbours.reach(Servant.nobody());
            Line atBoard = neighbours.begun();
            atBoard.close();
            assertEquals("closed by this side", Neighbours.ending(atBoard));
            assertEquals("closed by the other side", Neighbours.ending(atPhone));
        }
    }

    @Test
    void aCallThatStandsOpenIsResetByTheEnd() throws Exception {
        try (Neighbours neighbours = new Neighbours(1, Servant.echo())) {
            Line line = neighbours.reach(Servant.nobody());
            Socket talking = Neighbours.call(line);
            Ends.say(talking, "hello");
            Ends.hear("hello", talking);
            Socket waiting = Neighbours.call(line);
            line.close();
            Ends.hearReset(talking);
            Ends.hearReset(waiting);
            Neighbours.ending(line);
            Ends.hearReset(Neighbours.call(line));
        }
    }

    @Test
    void aLostLinkEndsBothSidesAndTheirCalls() throws Exception {
        try (Neighbours neighbours = new Neighbours(1, Servant.echo())) {
            Line atPhone = neighbours.reach(Servant.nobody());
            Line atBoard = neighbours.begun();
            Socket far = Neighbours.call(atPhone);
            Ends.say(far, "hello");
            Ends.hear("hello", far);
            neighbours.air.cut();
            assertEquals("the connection is gone: the connection was cut", Neighbours.ending(atPhone));
            assertEquals("the connection is gone: the connection was cut", Neighbours.ending(atBoard));
            Ends.hearReset(far);
        }
    }

    @Test
    void aPhoneComesBackAtOnceAfterALostLink() throws Exception {
        try (Neighbours neighbours = new Neighbours(1, Servant.echo())) {
            for (int i = 0; i < 3 * Bounds.MOST_CALLERS; i++) {
                Line line = neighbours.reach(Servant.nobody());
                neighbours.begun();
                neighbours.air.cut();
                Neighbours.ending(line);
            }
            byte[] bytes = Ends.bytes(1000, 1);
            Line line = neighbours.reach(Servant.nobody());
            assertArrayEquals(bytes, ExchangeTest.echoed(Neighbours.call(line), bytes));
        }
    }

    @Test
    void aStoppedCarrierTellsTheOtherSide() throws Exception {
        try (Neighbours neighbours = new Neighbours(1, Servant.echo())) {
            Line atPhone = neighbours.reach(Servant.nobody());
            Line atBoard = neighbours.begun();
            Socket far = Neighbours.call(atPhone);
            Ends.say(far, "hello");
            Ends.hear("hello", far);
            neighbours.board.close();
            assertEquals("given up by this side: this node stops", Neighbours.ending(atBoard));
            assertEquals("given up by the other side", Neighbours.ending(atPhone));
            Ends.hearReset(far);
            assertEquals(1, Neighbours.threads("mau-ble").size());
        }
    }

    @Test
    void aStoppedCarrierReachesNobodyAndTakesNobody() throws Exception {
        try (Neighbours neighbours = new Neighbours(1, Servant.echo())) {
            neighbours.board.close();
            Line line = neighbours.reach(Servant.nobody());
            assertEquals("the connection is gone: closed by the peripheral", Neighbours.ending(line));
            neighbours.phone.close();
            GattException stopped = assertThrows(GattException.class, () -> neighbours.reach(Servant.nobody()));
            assertEquals(GattException.Reason.NOT_CONNECTED, stopped.reason());
            assertEquals("no line to 00:AA:01:00:00:00: this node stops", stopped.getMessage());
            Neighbours.assertNoThread("mau-ble");
        }
    }

    @Test
    void whoIsToHearOfALineMayFail() throws Exception {
        Carrier board = new Carrier(244);
        try (board) {
            App app = new App(board.answering(Servant.echo(), line -> {
                throw new IllegalStateException("a mistake");
            }));
            app.open();
            Call call = app.session().call().orElseThrow();
            call.write(new byte[] {1}, 0, 1);
            app.run(() -> call.readable() == 1);
        }
        Neighbours.assertNoThread("mau-ble");
    }

    @Test
    void aFullCloseOfTheAppIsNoEndOfTheLine() throws Exception {
        try (Neighbours neighbours = new Neighbours(1, listening)) {
            Line line = neighbours.reach(Servant.nobody());
            try (Socket far = Neighbours.call(line)) {
                Ends.say(far, "bye");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            assertEquals("bye", new String(Neighbours.await(heard)));
            assertTrue(!line.ended().toCompletableFuture().isDone());
        }
    }
}
