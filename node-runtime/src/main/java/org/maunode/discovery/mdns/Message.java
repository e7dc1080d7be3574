package org.maunode.discovery.mdns;

import java.util.List;
import java.util.stream.Stream;

/**
 * One DNS message (RFC 1035, 4; RFC 6762, 18).
 *
 * <pre>
 * id(16)
 * QR opcode(4) AA TC RD RA Z AD CD rcode(4)
 * counts(16 each): questions, answers, authorities, additionals
 * and as many of each
 * </pre>
 *
 * @param answers facts; in a question, those that the asker knows already
 * @param authorities in a probe, the facts that the asker is about to state
 */
record Message(
        int id,
        int flags,
        List<Question> questions,
        List<ResourceRecord> answers,
        List<ResourceRecord> authorities,
        List<ResourceRecord> additionals) {
    static final int RESPONSE = 0x8000;
    static final int AUTHORITATIVE = 0x0400;
    static final int TRUNCATED = 0x0200;

    /** Opcode and response code: whatever has another than 0 is passed over (RFC 6762, 18.3 and 18.11). */
    private static final int FOREIGN = 0x780F;

    Message {
        questions = List.copyOf(questions);
        answers = List.copyOf(answers);
        authorities = List.copyOf(authorities);
        additionals = List.copyOf(additionals);
    }

    /** A question of multicast DNS. */
    static Message query(List<Question> questions, List<ResourceRecord> known) {
        return new Message(0, 0, questions, known, List.of(), List.of());
    }

    /** An answer of multicast DNS. */
    static Message response(List<ResourceRecord> answers, List<ResourceRecord> additionals) {
        return new Message(0, RESPONSE | AUTHORITATIVE, List.of(), answers, List.of(), additionals);
    }

    Message withId(int changed) {
        return new Message(changed, flags, questions, answers, authorities, additionals);
    }

    Message withFlags(int changed) {
        return new Message(id, changed, questions, answers, authorities, additionals);
    }

    boolean isForeign() {
        return (flags & FOREIGN) != 0;
    }

    boolean isResponse() {
        return (flags & RESPONSE) != 0;
    }

    /** Whether the asker has more to say that it knows (RFC 6762, 7.2). */
    boolean isTruncated() {
        return (flags & TRUNCATED) != 0;
    }

    /** Whether the asker is about to take a name (RFC 6762, 8.1). */
    boolean isProbe() {
        return !isResponse() && !authorities.isEmpty();
    }

    /** Facts of an answer; where they stand makes no difference to who listens. */
    Stream<ResourceRecord> facts() {
        return Stream.concat(answers.stream(), additionals.stream());
    }

    /** @throws MdnsException if these bytes are no message, or over a limit */
    static Message parse(byte[] packet) {
        return new MessageReader(packet).message();
    }

    /** The bytes; names are compressed except in SRV, where old askers cannot read that (RFC 6762, 6.7). */
    byte[] bytes() {
        return new MessageWriter().message(this);
    }
}
