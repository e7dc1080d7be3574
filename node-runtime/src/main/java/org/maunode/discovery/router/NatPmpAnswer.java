package org.maunode.discovery.router;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.maunode.discovery.router.RouterException.Reason;

/**
 * What a router says in NAT-PMP (RFC 6886, 3.2 and 3.3).
 *
 * <pre>
 * 0     version 0 | 128 + opcode | result (2)
 * 4     epoch, seconds
 * 8     outer address (4)         or   internal port (2) | external port (2)
 * 12                                   lifetime, seconds
 * </pre>
 */
sealed interface NatPmpAnswer {
    int HEADER = 8;
    int ADDRESS_BYTES = 12;
    int MAPPING_BYTES = 16;
    int ANSWER = 0x80;
    int UNSUPPORTED_VERSION = 1;
    int UNSUPPORTED_OPCODE = 5;

    /** 0 is success. */
    int result();

    /** Seconds since the router last forgot its mappings. */
    long epoch();

    /** The outer address, asked for or announced. */
    record Address(int result, long epoch, Inet4Address external) implements NatPmpAnswer {}

    /** The answer to a request for a mapping. */
    record Mapping(int result, long epoch, int port, int externalPort, Duration lease) implements NatPmpAnswer {}

    /** Whether a server of NAT-PMP says that it did not understand. */
    static boolean isUnsupportedVersion(byte[] datagram) {
        int result = (datagram[2] & 0xFF) << 8 | datagram[3] & 0xFF;
        return datagram[0] == NatPmpRequest.VERSION
                && (datagram[1] & ANSWER) != 0
                && (result == UNSUPPORTED_VERSION || result == UNSUPPORTED_OPCODE);
    }

    /**
     * Reads one datagram.
     *
     * @throws RouterException with {@code OTHER_VERSION} if the server speaks another version, else {@code MALFORMED}
     */
    static NatPmpAnswer parse(byte[] datagram) {
        if (datagram.length < HEADER) {
            throw malformed("NAT-PMP message of " + datagram.length + " bytes");
        }
        if (isUnsupportedVersion(datagram) || datagram[0] == PcpRequest.VERSION) {
            throw new RouterException(Reason.OTHER_VERSION, "the router does not speak NAT-PMP");
        }
        ByteBuffer in = ByteBuffer.wrap(datagram);
        if (in.get() != NatPmpRequest.VERSION) {
            throw malformed("not NAT-PMP");
        }
        int opcode = Byte.toUnsignedInt(in.get());
        int result = Short.toUnsignedInt(in.getShort());
        long epoch = Integer.toUnsignedLong(in.getInt());
        return switch (opcode) {
            case ANSWER | NatPmpRequest.ADDRESS -> address(in, result, epoch);
            case ANSWER | NatPmpRequest.MAP_TCP -> mapping(in, result, epoch);
            default -> throw malformed("NAT-PMP opcode " + opcode);
        };
    }

    private static Address address(ByteBuffer in, int result, long epoch) {
        requireLength(in, ADDRESS_BYTES);
        byte[] external = new byte[Ipv4.BYTES];
        in.get(external);
        return new Address(result, epoch, Ipv4.of(external));
    }

    private static Mapping mapping(ByteBuffer in, int result, long epoch) {
        requireLength(in, MAPPING_BYTES);
        int port = Short.toUnsignedInt(in.getShort());
        int externalPort = Short.toUnsignedInt(in.getShort());
        return new Mapping(result, epoch, port, externalPort, Duration.ofSeconds(Integer.toUnsignedLong(in.getInt())));
    }

    private static void requireLength(ByteBuffer in, int length) {
        if (in.capacity() != length) {
            throw malformed("NAT-PMP message of " + in.capacity() + " bytes");
        }
    }

    private static RouterException malformed(String what) {
        return new RouterException(Reason.MALFORMED, what);
    }
}
