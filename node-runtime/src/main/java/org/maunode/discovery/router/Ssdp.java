package org.maunode.discovery.router;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.maunode.discovery.router.RouterException.Reason;
import org.maunode.discovery.router.Wires.Received;

/** Who is a gateway device here? (UPnP Device Architecture 1.1, 1.3.2 and 1.3.3.) Pure. */
final class Ssdp {
    static final InetSocketAddress GROUP =
            new InetSocketAddress(Ipv4.of(new byte[] {(byte) 239, (byte) 255, (byte) 255, (byte) 250}), 1900);
    static final int MAX_ANSWER = 2048;
    static final List<String> TARGETS = List.of(
            "urn:schemas-upnp-org:device:InternetGatewayDevice:2",
            "urn:schemas-upnp-org:device:InternetGatewayDevice:1");

    private Ssdp() {}

    /** The question for {@code target}, to be answered within a second. */
    static byte[] search(String target) {
        return ("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: " + target
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Where the description is.
     *
     * @throws RouterException with {@code MALFORMED} if the answer is none, is not the gateway's, or leads elsewhere
     */
    static Location location(Received answer, Gateway gateway) {
        if (!answer.from().getAddress().equals(gateway.router())) {
            throw malformed("an answer that is not the router's");
        }
        HeaderBlock head = head(answer.bytes());
        if (!head.start().startsWith("HTTP/1.1 200")
                || head.value("st").filter(TARGETS::contains).isEmpty()) {
            throw malformed("not an answer of a gateway device");
        }
        Location location = Location.parse(head.value("location").orElse(""));
        if (!location.host().equals(gateway.router())) {
            throw malformed("a description that is elsewhere");
        }
        return location;
    }

    private static HeaderBlock head(byte[] answer) {
        if (answer.length > MAX_ANSWER) {
            throw new RouterException(Reason.OVER_LIMIT, "an answer over " + MAX_ANSWER + " bytes");
        }
        try {
            return HeaderBlock.read(new ByteArrayInputStream(answer));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static RouterException malformed(String what) {
        return new RouterException(Reason.MALFORMED, what);
    }
}
