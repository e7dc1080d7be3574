package org.maunode.discovery.router;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Asks for a mapping of a TCP port, or its end (RFC 6887, 7.1 and 11.1).
 *
 * <pre>
 *  0        version 2 | opcode 1 | reserved (2)
 *  4        lifetime, seconds; 0 ends the mapping
 *  8        this node's address (16)
 * 24        nonce (12)
 * 36        protocol 6 (TCP) | reserved (3)
 * 40        internal port (2) | suggested external port (2)
 * 44        suggested external address (16): any of IPv4
 * </pre>
 */
record PcpRequest(Inet4Address local, MappingNonce nonce, int port, int suggested, Duration lease) {
    static final int BYTES = 60;
    static final byte VERSION = 2;
    static final byte MAP = 1;
    static final byte TCP = 6;
    static final byte[] ANY = {0, 0, 0, 0};

    byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        out.put(VERSION).put(MAP).putShort((short) 0).putInt((int) lease.toSeconds());
        putAddress(out, local.getAddress());
        out.put(nonce.bytes()).put(TCP).put(new byte[3]);
        out.putShort((short) port).putShort((short) suggested);
        putAddress(out, ANY);
        return out.array();
    }

    /** {@code ::ffff:a.b.c.d}. */
    private static void putAddress(ByteBuffer out, byte[] ipv4) {
        out.putLong(0).putInt(0xFFFF).put(ipv4);
    }
}
