package org.maunode.discovery.mdns;

import java.util.Objects;

/**
 * What somebody wants to know, in class IN.
 *
 * @param type one of {@link RecordType}, or another number
 */
record Question(Name name, int type, Reply reply) {
    /** How the asker would like to be answered (RFC 6762, 5.4). */
    enum Reply {
        MULTICAST,
        UNICAST
    }

    Question {
        Objects.requireNonNull(name);
        Objects.requireNonNull(reply);
    }

    Question(Name name, int type) {
        this(name, type, Reply.MULTICAST);
    }

    /** Whether {@code record} answers this. */
    boolean isAnsweredBy(ResourceRecord record) {
        return (type == RecordType.ANY || type == record.type()) && name.equals(record.name());
    }
}
