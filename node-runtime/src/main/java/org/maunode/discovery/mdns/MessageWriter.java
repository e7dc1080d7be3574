package org.maunode.discovery.mdns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.maunode.discovery.mdns.ResourceRecord.Ownership;

/** Writes one message, each name once: where it comes again, a pointer leads back to it (RFC 1035, 4.1.4). */
final class MessageWriter {
    private static final int CLASS_IN = 1;
    private static final int TOP_BIT = 0x8000;
    private static final int POINTER = 0xC000;

    /** Pointers have 14 bits. */
    private static final int POINTER_END = 0x4000;

    private final Output out = new Output();
    private final Map<Name, Integer> written = new HashMap<>();

    /** A buffer whose bytes may be set again. */
    private static final class Output extends ByteArrayOutputStream {
        void setNumber16(int at, int number) {
            buf[at] = (byte) (number >> Byte.SIZE);
            buf[at + 1] = (byte) number;
        }
    }

    byte[] message(Message message) {
        number16(message.id());
        number16(message.flags());
        number16(message.questions().size());
        number16(message.answers().size());
        number16(message.authorities().size());
        number16(message.additionals().size());
        message.questions().forEach(this::question);
        records(message.answers());
        records(message.authorities());
        records(message.additionals());
        return out.toByteArray();
    }

    private void question(Question question) {
        compressed(question.name());
        number16(question.type());
        number16(question.reply() == Question.Reply.UNICAST ? CLASS_IN | TOP_BIT : CLASS_IN);
    }

    private void records(List<ResourceRecord> records) {
        records.forEach(this::resourceRecord);
    }

    private void resourceRecord(ResourceRecord written) {
        compressed(written.name());
        number16(written.type());
        number16(written.ownership() == Ownership.UNIQUE ? CLASS_IN | TOP_BIT : CLASS_IN);
        number16(written.ttl() >>> Short.SIZE);
        number16(written.ttl());
        int length = out.size();
        number16(0);
        rdata(written.data());
        out.setNumber16(length, out.size() - length - Short.BYTES);
    }

    private void rdata(Rdata data) {
        switch (data) {
            case Rdata.Pointer(Name target) -> compressed(target);
            case Rdata.Service service -> service(service);
            case Rdata.Address(var address) -> out.writeBytes(address.getAddress());
            case Rdata.Opaque opaque -> text(opaque.bytes());
        }
    }

    private void service(Rdata.Service service) {
        number16(service.priority());
        number16(service.weight());
        number16(service.port());
        service.target().labels().forEach(this::label);
        out.write(0);
    }

    private void compressed(Name name) {
        Name rest = name;
        for (String label : name.labels()) {
            if (written.containsKey(rest)) {
                number16(POINTER | written.get(rest));
                return;
            }
            if (out.size() < POINTER_END) {
                written.put(rest, out.size());
            }
            label(label);
            rest = rest.parent();
        }
        out.write(0);
    }

    private void label(String label) {
        out.write(label.length());
        text(label);
    }

    private void text(String bytes) {
        out.writeBytes(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void number16(int number) {
        out.write(number >> Byte.SIZE);
        out.write(number);
    }
}
