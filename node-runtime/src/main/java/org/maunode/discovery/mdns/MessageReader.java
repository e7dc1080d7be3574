package org.maunode.discovery.mdns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.maunode.discovery.mdns.ResourceRecord.Ownership;

/** Reads one message from a packet that anybody may have sent. */
final class MessageReader {
    private static final int HEADER = 12;
    private static final int CLASS_IN = 1;
    private static final int CLASS_ANY = 255;

    /** The highest bit of the class: in a question "by unicast, please", in a record "flush your cache". */
    private static final int TOP_BIT = 0x8000;

    private static final int POINTER = 0xC0;

    private static final int ROOT = 0;

    /** More fit no name, a label being two bytes at least. */
    private static final int MOST_LABELS = (Limits.NAME - 1) / 2;

    /** Each useful one adds a label. */
    private static final int MOST_POINTERS = MOST_LABELS;

    private final byte[] packet;
    private int at;

    MessageReader(byte[] packet) {
        this.packet = packet;
    }

    Message message() {
        if (packet.length > Limits.MESSAGE) {
            throw MdnsException.overLimit(Limits.MESSAGE, "a message of " + packet.length + " bytes");
        }
        int id = number16();
        int flags = number16();
        int questions = count(Limits.QUESTIONS, "questions");
        int answers = count(Limits.RECORDS, "answers");
        int authorities = count(Limits.RECORDS, "authorities");
        int additionals = count(Limits.RECORDS, "additional records");
        Message message = new Message(
                id, flags, questions(questions), records(answers), records(authorities), records(additionals));
        if (at != packet.length) {
            throw MdnsException.malformed(at, "something follows the message");
        }
        return message;
    }

    private int count(int limit, String what) {
        int count = number16();
        if (count > limit) {
            throw MdnsException.overLimit(at, count + " " + what);
        }
        return count;
    }

    private List<Question> questions(int count) {
        List<Question> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Name name = name();
            int type = number16();
            int classAndBit = number16();
            int dnsClass = classAndBit & ~TOP_BIT;
            if (dnsClass == CLASS_IN || dnsClass == CLASS_ANY) {
                boolean unicast = (classAndBit & TOP_BIT) != 0;
                all.add(new Question(name, type, unicast ? Question.Reply.UNICAST : Question.Reply.MULTICAST));
            }
        }
        return all;
    }

    private List<ResourceRecord> records(int count) {
        List<ResourceRecord> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            resourceRecord().ifPresent(all::add);
        }
        return all;
    }

    /** Empty if it is of a class that has no meaning here. */
    private Optional<ResourceRecord> resourceRecord() {
        Name name = name();
        int type = number16();
        int classAndBit = number16();
        // A number with the highest bit set is none (RFC 2181, 8).
        int ttl = Math.max(0, number16() << Short.SIZE | number16());
        int length = number16();
        need(length);
        int end = at + length;
        if ((classAndBit & ~TOP_BIT) != CLASS_IN) {
            at = end;
            return Optional.empty();
        }
        Rdata data = rdata(type, end);
        if (at != end) {
            throw MdnsException.malformed(at, "a record of type " + type + " of another length than its content");
        }
        Ownership ownership = (classAndBit & TOP_BIT) != 0 ? Ownership.UNIQUE : Ownership.SHARED;
        return Optional.of(new ResourceRecord(name, ownership, ttl, data));
    }

    private Rdata rdata(int type, int end) {
        return switch (type) {
            case RecordType.PTR -> new Rdata.Pointer(name());
            case RecordType.SRV -> new Rdata.Service(number16(), number16(), number16(), name());
            case RecordType.A -> new Rdata.Address(address(4));
            case RecordType.AAAA -> new Rdata.Address(address(16));
            default -> new Rdata.Opaque(type, text(end - at));
        };
    }

    private InetAddress address(int length) {
        need(length);
        byte[] bytes = Arrays.copyOfRange(packet, at, at + length);
        at += length;
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Reads a name, and goes on behind it in the packet, wherever its pointers led (RFC 1035, 4.1.4). */
    private Name name() {
        List<String> labels = new ArrayList<>();
        int start = at;
        int pointer = labels(labels);
        int behind = at;
        for (int followed = 1; pointer != ROOT; followed++) {
            checkPointer(pointer, start, followed);
            start = pointer;
            at = pointer;
            pointer = labels(labels);
        }
        at = behind;
        if (Name.length(labels) > Limits.NAME) {
            throw MdnsException.overLimit(start, "a name of " + Name.length(labels) + " bytes");
        }
        return new Name(labels);
    }

    /** Reads labels up to a pointer, which it returns, or to {@link #ROOT}. */
    private int labels(List<String> into) {
        while (true) {
            int first = number8();
            if (first == ROOT) {
                return ROOT;
            }
            if (first >= POINTER) {
                return Math.max((first & ~POINTER) << Byte.SIZE | number8(), 1);
            }
            if (first > Limits.LABEL) {
                throw MdnsException.malformed(at, "a label of an unknown kind");
            }
            if (into.size() >= MOST_LABELS) {
                throw MdnsException.overLimit(at, "a name of more than " + MOST_LABELS + " labels");
            }
            into.add(text(first));
        }
    }

    private void checkPointer(int pointer, int start, int followed) {
        if (pointer < HEADER || pointer >= start) {
            throw MdnsException.malformed(at, "a name points to byte " + pointer + ", not to a name before it");
        }
        if (followed > MOST_POINTERS) {
            throw MdnsException.overLimit(at, "a name of more than " + MOST_POINTERS + " pieces");
        }
    }

    private String text(int length) {
        need(length);
        String text = new String(packet, at, length, StandardCharsets.ISO_8859_1);
        at += length;
        return text;
    }

    private int number16() {
        return number8() << Byte.SIZE | number8();
    }

    private int number8() {
        need(1);
        return packet[at++] & 0xFF;
    }

    private void need(int bytes) {
        if (bytes > packet.length - at) {
            throw MdnsException.malformed(at, "the message ends, " + bytes + " bytes are missing or more");
        }
    }
}
