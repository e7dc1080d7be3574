package org.maunode.discovery.router;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One action asked of a service (UPnP Device Architecture 1.1, 3.2.1). Arguments are ours alone, numbers and addresses;
 * nothing that a router said is repeated in the body.
 */
record SoapRequest(Description.Service service, String action, List<Argument> arguments) {
    /** One argument; neither part has a character that XML escapes. */
    record Argument(String name, String value) {}

    byte[] bytes() {
        byte[] body = envelope().getBytes(StandardCharsets.US_ASCII);
        byte[] head = head(body.length).getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private String head(int length) {
        return "POST " + service.control().path() + " HTTP/1.1\r\nHost: "
                + service.control().authority()
                + "\r\nConnection: close\r\nContent-Type: text/xml; charset=\"utf-8\"\r\n"
                + "Content-Length: " + length + "\r\nSOAPAction: \"" + service.type() + "#" + action + "\"\r\n\r\n";
    }

    private String envelope() {
        StringBuilder text = new StringBuilder();
        for (Argument argument : arguments) {
            text.append('<').append(argument.name).append('>').append(argument.value);
            text.append("</").append(argument.name).append('>');
        }
        return """
                <?xml version="1.0"?>
                <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" \
                s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>\
                <u:%s xmlns:u="%s">%s</u:%s></s:Body></s:Envelope>
                """
                .formatted(action, service.type(), text, action);
    }

    /** Asks for the document at {@code location}. */
    static byte[] get(Location location) {
        return ("GET " + location.path() + " HTTP/1.1\r\nHost: " + location.authority()
                        + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
