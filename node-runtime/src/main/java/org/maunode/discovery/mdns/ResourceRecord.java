package org.maunode.discovery.mdns;

import java.util.Objects;

/**
 * One fact, in class IN.
 *
 * @param ttl seconds for which it may be remembered; 0 takes it back
 */
record ResourceRecord(Name name, Ownership ownership, int ttl, Rdata data) {
    /** Who may state facts of this name and type (RFC 6762, 2); on the wire, the cache-flush bit. */
    enum Ownership {
        /** Anybody: this one stands beside others. */
        SHARED,
        /** One machine: this one and those that come with it replace what was said before. */
        UNIQUE
    }

    ResourceRecord {
        Objects.requireNonNull(name);
        Objects.requireNonNull(ownership);
        Objects.requireNonNull(data);
    }

    int type() {
        return data.type();
    }

    /** Whether both state the same, however long it holds. */
    boolean saysTheSameAs(ResourceRecord other) {
        return name.equals(other.name) && data.equals(other.data);
    }

    ResourceRecord withTtl(int seconds) {
        return new ResourceRecord(name, ownership, seconds, data);
    }

    /** As those who do not speak multicast DNS know it: for a short time, without the cache-flush bit (RFC 6762, 6.7). */
    ResourceRecord forLegacy() {
        return new ResourceRecord(name, Ownership.SHARED, Math.min(ttl, Limits.LEGACY_TTL), data);
    }
}
