package org.maunode.http;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Where callers come from, as far as one of them can be told from another: an IPv4 address, or an IPv6 /64 network, for
 * whoever has one address of that has them all.
 */
record Origin(long bits) {
    static Origin of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new Origin(ByteBuffer.wrap(
                        bytes.length == 4 ? new byte[] {0, 0, -1, -1, bytes[0], bytes[1], bytes[2], bytes[3]} : bytes)
                .getLong());
    }
}
