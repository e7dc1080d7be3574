package org.maunode.discovery.router;

import java.nio.ByteBuffer;
import java.time.Duration;

/** What a client says in NAT-PMP (RFC 6886, 3.2 to 3.4). */
sealed interface NatPmpRequest {
    byte VERSION = 0;
    byte ADDRESS = 0;
    byte MAP_TCP = 2;

    byte[] bytes();

    /** Asks for the outer address: version and opcode. */
    record Address() implements NatPmpRequest {
        @Override
        public byte[] bytes() {
            return new byte[] {VERSION, ADDRESS};
        }
    }

    /**
     * Asks for a mapping, or its end.
     *
     * <pre>
     * 0     version 0 | opcode 2 | reserved (2)
     * 4     internal port (2) | suggested external port (2)
     * 8     lifetime, seconds
     * </pre>
     *
     * @param suggested 0 with a lease of zero, which ends the mapping
     */
    record Mapping(int port, int suggested, Duration lease) implements NatPmpRequest {
        static final int BYTES = 12;

        @Override
        public byte[] bytes() {
            ByteBuffer out = ByteBuffer.allocate(BYTES);
            out.put(VERSION).put(MAP_TCP).putShort((short) 0);
            out.putShort((short) port).putShort((short) suggested);
            return out.putInt((int) lease.toSeconds()).array();
        }
    }
}
