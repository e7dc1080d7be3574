package org.maunode.discovery.router;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.maunode.discovery.router.RouterException.Reason;

/**
 * What a router says in PCP (RFC 6887, 7.2).
 *
 * <pre>
 *  0        version 2 | answer bit and opcode | reserved | result
 *  4        lifetime, seconds
 *  8        epoch, seconds
 * 12        reserved (12)
 * 24        MAP alone: nonce (12), protocol, reserved (3), internal and external port, external address (16)
 * </pre>
 */
sealed interface PcpAnswer {
    /** RFC 6887, 7: no message is longer, and each is a multiple of four. */
    int MAX_BYTES = 1100;

    int ANSWER = 0x80;
    int ANNOUNCE = 0;
    int UNSUPPORTED_VERSION = 1;

    /** Seconds since the router last forgot its mappings. */
    long epoch();

    /** The router has news, or has come back. */
    record Announcement(long epoch) implements PcpAnswer {}

    /** The answer to a request for a mapping; of one that failed only the result and its key are of use. */
    record Mapping(
            int result,
            long epoch,
            byte[] nonce,
            int protocol,
            int port,
            Inet4Address external,
            int externalPort,
            Duration lease)
            implements PcpAnswer {

        /** Whether it answers {@code request}. */
        boolean answers(PcpRequest request) {
            return Arrays.equals(nonce, request.nonce().bytes())
                    && protocol == PcpRequest.TCP
                    && port == request.port();
        }
    }

    /**
     * Reads one datagram.
     *
     * @throws RouterException with {@code OTHER_VERSION} if a server of NAT-PMP says that it is one, else {@code MALFORMED}
     */
    static PcpAnswer parse(byte[] datagram) {
        if (datagram.length >= NatPmpAnswer.HEADER && NatPmpAnswer.isUnsupportedVersion(datagram)) {
            throw new RouterException(Reason.OTHER_VERSION, "the router speaks NAT-PMP");
        }
        if (datagram.length < 24 || datagram.length > MAX_BYTES || datagram.length % 4 != 0) {
            throw malformed("PCP message of " + datagram.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(datagram);
        if (in.get() != PcpRequest.VERSION) {
            throw malformed("not PCP version 2");
        }
        int opcode = unsigned(in.get());
        int result = in.getShort() & 0xFF;
        Duration lease = Duration.ofSeconds(unsigned(in.getInt()));
        long epoch = unsigned(in.getInt());
        in.position(24);
        return switch (opcode) {
            case ANSWER | ANNOUNCE -> new Announcement(epoch);
            case ANSWER | PcpRequest.MAP -> mapping(in, result, epoch, lease);
            default -> throw malformed("PCP opcode " + opcode);
        };
    }

    private static Mapping mapping(ByteBuffer in, int result, long epoch, Duration lease) {
        if (result == UNSUPPORTED_VERSION) {
            throw new RouterException(Reason.OTHER_VERSION, "the router does not speak version 2 of PCP");
        }
        if (in.capacity() < PcpRequest.BYTES) {
            throw malformed("PCP mapping of " + in.capacity() + " bytes");
        }
        byte[] nonce = new byte[MappingNonce.BYTES];
        in.get(nonce);
        int protocol = in.get();
        in.position(in.position() + 3);
        int port = unsigned(in.getShort());
        int externalPort = unsigned(in.getShort());
        Inet4Address external = result == 0 ? address(in) : Ipv4.of(PcpRequest.ANY);
        return new Mapping(result, epoch, nonce, protocol, port, external, externalPort, lease);
    }

    private static Inet4Address address(ByteBuffer in) {
        if (in.getLong() != 0 || in.getInt() != 0xFFFF) {
            throw malformed("an outer address that is not IPv4");
        }
        byte[] address = new byte[Ipv4.BYTES];
        in.get(address);
        return Ipv4.of(address);
    }

    private static int unsigned(byte value) {
        return Byte.toUnsignedInt(value);
    }

    private static int unsigned(short value) {
        return Short.toUnsignedInt(value);
    }

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }

    private static RouterException malformed(String what) {
        return new RouterException(Reason.MALFORMED, what);
    }
}
