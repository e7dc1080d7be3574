package org.maunode.discovery.kademlia;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.maunode.discovery.net.AddressScope;

/**
 * What one machine, or one owner of machines, has of a network: what the limits of a table count by. An IPv4 /24 or IPv6 /48 of
 * the internet, one address of a private network, this machine, or all names of unknown address together.
 */
record Prefix(Kind kind, long high, long low) {
    /** The limits: nodes of one prefix in a bucket with its replacements, and in the whole table. */
    enum Kind {
        GLOBAL(2, 10),
        PRIVATE(4, 4),
        NAMES(2, 10),
        LOOPBACK(Integer.MAX_VALUE, Integer.MAX_VALUE);

        final int inBucket;
        final int inTable;

        Kind(int inBucket, int inTable) {
            this.inBucket = inBucket;
            this.inTable = inTable;
        }
    }

    static final Prefix NAMES = new Prefix(Kind.NAMES, 0, 0);
    private static final Prefix LOOPBACK = new Prefix(Kind.LOOPBACK, 0, 0);
    private static final long FIRST_48 = 0xffff_ffff_ffff_0000L;

    static Prefix of(InetAddress address) {
        return of(address, AddressScope.of(address));
    }

    /** @param scope the address's own */
    static Prefix of(InetAddress address, AddressScope scope) {
        return switch (scope) {
            case LOOPBACK -> LOOPBACK;
            case PRIVATE, LINK_LOCAL -> whole(address);
            case GLOBAL, UNUSABLE -> leading(address);
        };
    }

    /** Written out for the reason given at {@link Id#equals}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Prefix that && kind == that.kind && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * high ^ low) + kind.ordinal();
    }

    private static Prefix whole(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address
                ? new Prefix(Kind.PRIVATE, 0, bytes.getInt())
                : new Prefix(Kind.PRIVATE, bytes.getLong(), bytes.getLong());
    }

    private static Prefix leading(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address
                ? new Prefix(Kind.GLOBAL, 0, bytes.getInt() >>> Byte.SIZE)
                : new Prefix(Kind.GLOBAL, bytes.getLong() & FIRST_48, 0);
    }
}
