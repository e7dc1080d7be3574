package org.maunode.discovery.mdns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.mdns.MdnsException.Reason;
import org.maunode.discovery.mdns.ResourceRecord.Ownership;

/** The packets, at their limits and past them: MD-10, MD-11, MD-12. */
class MessageTest {
    private static final int HEADER = 12;
    private static final int LARGEST_LABEL = 63;

    private static byte[] bytes(int... numbers) {
        byte[] bytes = new byte[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            bytes[i] = (byte) numbers[i];
        }
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] header(int questions, int answers) {
        return bytes(0, 0, 0x84, 0, questions >> 8, questions, answers >> 8, answers, 0, 0, 0, 0);
    }

    private static byte[] label(int length) {
        byte[] label = new byte[1 + length];
        Arrays.fill(label, (byte) 'x');
        label[0] = (byte) length;
        return label;
    }

    /** A name of so many bytes on the wire. */
    private static byte[] name(int length) {
        List<byte[]> labels = new ArrayList<>();
        int left = length - 1;
        while (left > 0) {
            int label = Math.min(LARGEST_LABEL, left == LARGEST_LABEL + 2 ? LARGEST_LABEL - 1 : left - 1);
            labels.add(label(label));
            left -= 1 + label;
        }
        labels.add(bytes(0));
        return join(labels.toArray(byte[][]::new));
    }

    private static final byte[] PTR_IN = bytes(0, 12, 0, 1);

    private static Reason refused(byte[] packet) {
        return assertThrows(MdnsException.class, () -> Message.parse(packet)).reason();
    }

    @Test
    void readsWhatAvahiWrote() {
        Map<String, byte[]> packets = AvahiPackets.all();
        Message announcement = Message.parse(packets.get("announcement"));
        assertTrue(announcement.isResponse());
        assertEquals(7, announcement.answers().size());
        Name instance = Name.of("3333333333333333333333333333333333333333._mau._tcp.local");
        Rdata.Service service = new Rdata.Service(0, 0, 7777, Name.of("avahihost.local"));
        assertTrue(announcement.answers().contains(new ResourceRecord(instance, Ownership.UNIQUE, 120, service)));
        assertTrue(Message.parse(packets.get("probe")).isProbe());
        Message question = Message.parse(packets.get("question-with-known-answers"));
        assertEquals(2, question.questions().size());
        assertEquals(3, question.answers().size());
    }

    @Test
    void writesAgainWhatItRead() {
        for (byte[] packet : AvahiPackets.all().values()) {
            Message read = Message.parse(packet);
            assertEquals(read, Message.parse(read.bytes()));
        }
    }

    @Test
    void writesEachNameOnceExceptInAService() {
        Name instance = Name.of("i._mau._tcp.local");
        Message message = Message.response(
                List.of(
                        new ResourceRecord(ServiceName.SERVICE, Ownership.SHARED, 1, new Rdata.Pointer(instance)),
                        new ResourceRecord(
                                instance, Ownership.UNIQUE, 2, new Rdata.Service(3, 4, 5, Name.of("h.local")))),
                List.of());
        byte[] expected = join(
                header(0, 2),
                bytes(4, '_', 'm', 'a', 'u', 4, '_', 't', 'c', 'p', 5, 'l', 'o', 'c', 'a', 'l', 0),
                bytes(0, 12, 0, 1, 0, 0, 0, 1, 0, 4, 1, 'i', 0xC0, 12),
                bytes(0xC0, 39, 0, 33, 0x80, 1, 0, 0, 0, 2, 0, 15, 0, 3, 0, 4, 0, 5),
                bytes(1, 'h', 5, 'l', 'o', 'c', 'a', 'l', 0));
        assertArrayEquals(expected, message.bytes());
    }

    @Test
    void namesAreEqualInEitherCaseOfAsciiAndOfNothingElse() {
        assertEquals(Name.of("ABC.local"), Name.of("abc.LOCAL"));
        assertEquals(Name.of("ABC.local").hashCode(), Name.of("abc.LOCAL").hashCode());
        assertNotEquals(Name.of("\u00c4"), Name.of("\u00e4"));
        assertNotEquals(Name.of("a.b"), Name.of("ab"));
        assertNotEquals(Name.of("[local"), Name.of("{local"));
    }

    @Test
    void aNameOf255BytesIsReadAndOneOf256IsNot() {
        Message longest = Message.parse(join(header(1, 0), name(Limits.NAME), PTR_IN));
        assertEquals(
                Limits.NAME, Name.length(longest.questions().getFirst().name().labels()));
        assertEquals(Reason.OVER_LIMIT, refused(join(header(1, 0), name(Limits.NAME + 1), PTR_IN)));
    }

    @Test
    void aLabelOf63BytesIsReadAndAnotherKindIsNot() {
        Message.parse(join(header(1, 0), label(LARGEST_LABEL), bytes(0), PTR_IN));
        assertEquals(Reason.MALFORMED, refused(join(header(1, 0), label(LARGEST_LABEL + 1), bytes(0), PTR_IN)));
        assertEquals(Reason.MALFORMED, refused(join(header(1, 0), bytes(0x80, 1), bytes(0), PTR_IN)));
    }

    @Test
    void labelsBeyondWhatFitsANameAreNotCollected() {
        byte[] most = join(Collections.nCopies(127, label(1)).toArray(byte[][]::new));
        Message.parse(join(header(1, 0), most, bytes(0), PTR_IN));
        byte[] endless = join(Collections.nCopies(4000, label(1)).toArray(byte[][]::new));
        assertEquals(Reason.OVER_LIMIT, refused(join(header(1, 0), endless, bytes(0), PTR_IN)));
    }

    @Test
    void aPointerLeadsBackOrNowhere() {
        byte[] question = join(bytes(1, 'a', 0), PTR_IN);
        int second = HEADER + question.length;
        Message.parse(join(header(2, 0), question, bytes(0xC0, HEADER), PTR_IN));
        assertEquals(Reason.MALFORMED, refused(join(header(2, 0), question, bytes(0xC0, second), PTR_IN)), "itself");
        assertEquals(Reason.MALFORMED, refused(join(header(2, 0), question, bytes(0xC0, second + 2), PTR_IN)), "on");
        assertEquals(Reason.MALFORMED, refused(join(header(2, 0), question, bytes(0xC0, 0xFF), PTR_IN)), "outside");
        assertEquals(Reason.MALFORMED, refused(join(header(2, 0), question, bytes(0xC0, 11), PTR_IN)), "the header");
        assertEquals(Reason.MALFORMED, refused(join(header(2, 0), question, bytes(0xC0, 0), PTR_IN)), "the start");
        assertEquals(Reason.MALFORMED, refused(join(header(1, 0), bytes(1, 'a', 0xC0, HEADER), PTR_IN)), "a loop");
    }

    @Test
    void aChainOfPointersIsFollowedAsLongAsANameCanBe() {
        assertEquals(128, Message.parse(chain(127)).questions().size());
        assertEquals(Reason.OVER_LIMIT, refused(chain(128)));
    }

    /** Questions each of which is a pointer to the one before, the first being the root. */
    private static byte[] chain(int pointers) {
        byte[] all = join(header(1 + pointers, 0), bytes(0), PTR_IN);
        int target = HEADER;
        for (int i = 0; i < pointers; i++) {
            int next = all.length;
            all = join(all, bytes(0xC0 | target >> 8, target), PTR_IN);
            target = next;
        }
        return all;
    }

    @Test
    void countsBeyondTheirLimitAreRefusedBeforeAnythingIsRead() {
        byte[] questions = join(
                Collections.nCopies(Limits.QUESTIONS, join(bytes(0), PTR_IN)).toArray(byte[][]::new));
        assertEquals(
                Limits.QUESTIONS,
                Message.parse(join(header(Limits.QUESTIONS, 0), questions))
                        .questions()
                        .size());
        assertEquals(Reason.OVER_LIMIT, refused(header(Limits.QUESTIONS + 1, 0)));
        assertEquals(Reason.OVER_LIMIT, refused(header(0, Limits.RECORDS + 1)));
        assertEquals(Reason.MALFORMED, refused(header(0, Limits.RECORDS)));
    }

    @Test
    void aMessageOf9000BytesIsReadAndALongerOneIsNot() {
        assertEquals(1, Message.parse(ofLength(Limits.MESSAGE)).answers().size());
        assertEquals(Reason.OVER_LIMIT, refused(ofLength(Limits.MESSAGE + 1)));
    }

    private static byte[] ofLength(int length) {
        int data = length - HEADER - 11;
        return join(header(0, 1), bytes(0, 0, 99, 0, 1, 0, 0, 0, 0, data >> 8, data), new byte[data]);
    }

    @Test
    void whatIsCutAnywhereIsRefused() {
        for (byte[] packet : AvahiPackets.all().values()) {
            for (int length = 0; length < packet.length; length++) {
                assertEquals(Reason.MALFORMED, refused(Arrays.copyOf(packet, length)));
            }
        }
    }

    @Test
    void whatFollowsTheMessageIsRefused() {
        byte[] packet = AvahiPackets.all().get("announcement");
        assertEquals(Reason.MALFORMED, refused(Arrays.copyOf(packet, packet.length + 1)));
    }

    @Test
    void aRecordWhoseLengthIsNotThatOfItsContentIsRefused() {
        byte[] start = join(header(0, 1), bytes(0));
        Message.parse(join(start, bytes(0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 1, 2, 3, 4)));
        assertEquals(Reason.MALFORMED, refused(join(start, bytes(0, 1, 0, 1, 0, 0, 0, 9, 0, 5, 1, 2, 3, 4, 5))));
        assertEquals(Reason.MALFORMED, refused(join(start, bytes(0, 1, 0, 1, 0, 0, 0, 9, 0, 3, 1, 2, 3))));
        assertEquals(Reason.MALFORMED, refused(join(start, bytes(0, 12, 0, 1, 0, 0, 0, 9, 0, 2, 0, 0))));
        assertEquals(Reason.MALFORMED, refused(join(start, bytes(0, 33, 0, 1, 0, 0, 0, 9, 0, 6, 0, 0, 0, 0, 0, 0))));
    }

    @Test
    void recordsOfOtherClassesArePassedOverAndATextMayBeEmptyAsTheGoPeersIs() {
        byte[] chaos = bytes(0, 0, 1, 0, 3, 0, 0, 0, 9, 0, 1, 7);
        byte[] text = bytes(0, 0, 16, 0, 1, 0, 0, 0, 120, 0, 0);
        Message message = Message.parse(join(header(0, 2), chaos, text));
        ResourceRecord expected =
                new ResourceRecord(new Name(List.of()), Ownership.SHARED, 120, new Rdata.Opaque(RecordType.TXT, ""));
        assertEquals(List.of(expected), message.answers());
    }

    @Test
    void aTimeToLiveWithTheHighestBitIsNone() {
        byte[] address = bytes(0, 0, 1, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0, 4, 10, 0, 0, 1);
        ResourceRecord record =
                Message.parse(join(header(0, 1), address)).answers().getFirst();
        assertEquals(0, record.ttl());
        assertEquals(new Rdata.Address(InetAddress.ofLiteral("10.0.0.1")), record.data());
    }

    @Test
    void whateverAPacketIsMadeOfItIsReadOrRefusedInOrder() {
        RandomGenerator random = new Random(6762);
        List<byte[]> seeds = List.copyOf(AvahiPackets.all().values());
        int read = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] packet = mutated(seeds.get(random.nextInt(seeds.size())), random);
            try {
                Message message = Message.parse(packet);
                assertEquals(message, Message.parse(message.bytes()));
                read++;
            } catch (MdnsException refused) {
                assertTrue(refused.offset() <= packet.length);
            }
        }
        assertTrue(read > 3_000, "the fuzz gets past the first check: " + read);
    }

    private static byte[] mutated(byte[] seed, RandomGenerator random) {
        byte[] packet = random.nextInt(8) == 0 ? Arrays.copyOf(seed, random.nextInt(2 * seed.length)) : seed.clone();
        int changes = packet.length == 0 ? 0 : random.nextInt(1, 4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(packet.length);
            packet[at] = (byte) (random.nextBoolean() ? random.nextInt() : packet[at] ^ 1 << random.nextInt(8));
        }
        return packet;
    }
}
