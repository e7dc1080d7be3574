package org.maunode.device.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.maunode.device.vocabulary.Act;
import org.maunode.device.vocabulary.CommandId;
import org.maunode.device.vocabulary.ResultCode;
import org.maunode.device.vocabulary.Ulid;
import org.maunode.identity.Fingerprint;
import org.maunode.store.Position;
import org.maunode.store.StoreException;

/** CM-16: what is written down is found again, whatever became of the file. */
class LedgerTest {
    private static final Fingerprint WHO = Fingerprint.of("9ab4f1c2d3e4f5061728394a5b6c7d8e9f001122");
    private static final Instant NOW = Instant.parse("2026-11-23T08:16:00.123456789Z");

    private final Random random = new Random(3);
    private final Memory memory = new Memory();

    /** A journal in memory, of which the medium may take a part. */
    private static final class Memory implements Journal {
        private byte[] bytes = new byte[0];
        private int writes;
        private int room = Integer.MAX_VALUE;

        @Override
        public byte[] read() {
            return bytes.clone();
        }

        @Override
        public void append(byte[] more) {
            writes++;
            int fits = Math.min(more.length, Math.max(0, room - bytes.length));
            int before = bytes.length;
            bytes = Arrays.copyOf(bytes, before + fits);
            System.arraycopy(more, 0, bytes, before, fits);
            if (fits < more.length) {
                throw new StoreException(StoreException.Reason.DISK_FULL, Path.of("journal"), "full", null);
            }
        }

        @Override
        public void replace(byte[] all) {
            writes++;
            bytes = all.clone();
        }
    }

    private Intent intent(long counter, Position settled) {
        CommandId id = new CommandId(WHO.toString(), Ulid.at(NOW, random));
        return new Intent(
                id, counter, "9f2c", "pump", Act.ACTIVATE, "Turn on\n\"now\" ü", Optional.empty(), "", settled);
    }

    @Test
    void whatWasBegunIsOpenUntilItIsDone() {
        Ledger ledger = Ledger.open(memory);
        Position place = new Position(NOW, "cmd.json.pgp");
        Intent one = intent(77, place);
        Intent two = intent(78, Position.START);
        ledger.begin(one);
        ledger.begin(two);
        Ledger again = Ledger.open(memory);
        assertEquals(List.of(one, two), again.open());
        assertEquals(78, again.counter(WHO));
        assertEquals(place, again.settled(WHO));
        again.done(one.id());
        again.keep();
        assertEquals(List.of(two), Ledger.open(memory).open());
    }

    @Test
    void whatIsDoneIsWrittenWithWhatComesNext() {
        Ledger ledger = Ledger.open(memory);
        ledger.begin(intent(1, Position.START));
        int writes = memory.writes;
        for (int i = 0; i < Ledger.MOST_AGAIN - 2; i++) {
            ledger.settle(WHO, new Position(NOW.plusSeconds(i), "x"));
        }
        assertEquals(writes, memory.writes);
        ledger.settle(WHO, new Position(NOW.plusSeconds(60), "x"));
        ledger.settle(WHO, new Position(NOW.plusSeconds(61), "x"));
        assertEquals(writes + 1, memory.writes);
        assertEquals(new Position(NOW.plusSeconds(61), "x"), Ledger.open(memory).settled(WHO));
    }

    @Test
    void neitherCounterNorPlaceGoesBack() {
        Ledger ledger = Ledger.open(memory);
        ledger.begin(intent(9, new Position(NOW, "b")));
        ledger.begin(intent(3, new Position(NOW, "a")));
        assertEquals(9, ledger.counter(WHO));
        assertEquals(new Position(NOW, "b"), Ledger.open(memory).settled(WHO));
    }

    @Test
    void aTornLineIsLeftOutAtAnyLength() {
        Ledger ledger = Ledger.open(memory);
        ledger.begin(intent(1, Position.START));
        int whole = memory.bytes.length;
        ledger.begin(intent(2, Position.START));
        byte[] all = memory.bytes;
        for (int length = whole; length < all.length - 1; length++) {
            memory.bytes = Arrays.copyOf(all, length);
            assertEquals(1, Ledger.open(memory).counter(WHO), "cut at " + length);
        }
    }

    @Test
    void aDamagedLineCostsNoOther() {
        Ledger ledger = Ledger.open(memory);
        for (int i = 1; i <= 3; i++) {
            ledger.begin(intent(i, Position.START));
        }
        int second = new String(memory.bytes, StandardCharsets.UTF_8).indexOf("\"counter\":2");
        memory.bytes[second] ^= 1;
        Ledger again = Ledger.open(memory);
        assertEquals(3, again.counter(WHO));
        assertEquals(2, again.open().size());
        assertEquals(3, Ledger.open(memory).counter(WHO), "and it was written anew");
    }

    @Test
    void garbageIsNoJournal() {
        for (int i = 0; i < 200; i++) {
            memory.bytes = new byte[random.nextInt(400)];
            random.nextBytes(memory.bytes);
            assertEquals(0, Ledger.open(memory).counter(WHO));
        }
    }

    /** CM-17. */
    @Test
    void whatTheDiskDidNotTakeIsNotBegunAndTearsNothing() {
        Ledger ledger = Ledger.open(memory);
        ledger.begin(intent(1, Position.START));
        memory.room = memory.bytes.length + 10;
        assertThrows(StoreException.class, () -> ledger.begin(intent(2, Position.START)));
        assertEquals(1, ledger.counter(WHO));
        memory.room = Integer.MAX_VALUE;
        ledger.begin(intent(3, Position.START));
        Ledger again = Ledger.open(memory);
        assertEquals(3, again.counter(WHO));
        assertEquals(2, again.open().size());
    }

    @Test
    void itStaysSmallWhateverIsWritten() {
        Ledger ledger = Ledger.open(memory);
        int most = 0;
        for (int i = 1; i <= 2000; i++) {
            Intent intent = intent(i, new Position(NOW.plusSeconds(i), "x"));
            ledger.begin(intent);
            ledger.done(intent.id());
            most = Math.max(most, memory.bytes.length);
        }
        assertTrue(most <= Ledger.MAX_BYTES, most + " bytes");
        assertEquals(2000, Ledger.open(memory).counter(WHO));
        assertTrue(Ledger.open(memory).open().size() <= 1);
    }

    @Test
    void aDecidedRefusalKeepsItsCodeAndWords() {
        Ledger ledger = Ledger.open(memory);
        Intent plain = intent(1, Position.START);
        Intent decided = new Intent(
                plain.id(), 1, "", "", Act.CONTROL, "x", Optional.of(ResultCode.BUSY), "too many", Position.START);
        ledger.begin(decided);
        assertEquals(List.of(decided), Ledger.open(memory).open());
    }
}
