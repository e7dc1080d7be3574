package org.maunode.ble.line;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.maunode.ble.air.Faults;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.GattException;

/** Many lines on one thread: each central hears what is notified to all of them. */
class CrowdTest {
    private static BluetoothAddress address(int number) {
        return new BluetoothAddress("00:AA:01:01:00:%02X".formatted(0x10 + number));
    }

    @Test
    void eightCentralsAreServedAtOnce_withFramesOfTheOthersBetweenTheirs() throws Exception {
        try (Neighbours neighbours = new Neighbours(8, Servant.echo())) {
            neighbours.air.faults(Faults.NONE.lost(1).late(5));
            List<byte[]> bytes = new ArrayList<>();
            List<FutureTask<byte[]>> exchanges = new ArrayList<>();
            for (int i = 0; i < Bounds.MOST_CALLERS; i++) {
                Line line = neighbours.reach(neighbours.air.central(address(i)), Servant.nobody());
                byte[] some = Ends.bytes(60_000, i);
                FutureTask<byte[]> exchange = new FutureTask<>(() -> ExchangeTest.echoed(Neighbours.call(line), some));
                Thread.ofVirtual().start(exchange);
                bytes.add(some);
                exchanges.add(exchange);
            }
            for (int i = 0; i < Bounds.MOST_CALLERS; i++) {
                assertArrayEquals(bytes.get(i), exchanges.get(i).get());
            }
            assertTrue(neighbours.begun().traffic().framesIn() > 0);
        }
    }

    @Test
    void aCentralBeyondTheLimitIsToldSo_untilThereIsRoom() throws Exception {
        try (Neighbours neighbours = new Neighbours(8, Servant.echo());
                Carrier late = new Carrier(244)) {
            for (int i = 0; i < Bounds.MOST_CALLERS; i++) {
                neighbours.reach(neighbours.air.central(address(i)), Servant.nobody());
            }
            Line first = neighbours.begun();
            Line refused = reach(late, neighbours);
            assertEquals("the other side has no room for another session", Neighbours.ending(refused));
            first.close();
            Neighbours.ending(first);
            byte[] some = Ends.bytes(1000, 1);
            assertArrayEquals(some, ExchangeTest.echoed(Neighbours.call(reach(late, neighbours)), some));
        }
    }

    private static Line reach(Carrier carrier, Neighbours neighbours) {
        return carrier.reach(
                        neighbours.air.central(Neighbours.PHONE),
                        Neighbours.BOARD,
                        Neighbours.PATIENCE,
                        Servant.nobody())
                .line();
    }

    @Test
    void nodesAreReachedUpToTheLimit() throws Exception {
        try (Neighbours neighbours = new Neighbours(8, Servant.echo())) {
            for (int i = 0; i < Bounds.MOST_REACHED; i++) {
                neighbours.reach(neighbours.air.central(address(i)), Servant.nobody());
            }
            GattException tooMany = assertThrows(GattException.class, () -> neighbours.reach(Servant.nobody()));
            assertEquals("no line to 00:AA:01:00:00:00: there are lines to 8 nodes already", tooMany.getMessage());
        }
    }
}
