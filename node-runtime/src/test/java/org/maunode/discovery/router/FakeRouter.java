package org.maunode.discovery.router;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A router in memory that is as strict as RFC 6886, RFC 6887 and WANIPConnection allow. It keeps what it was asked. */
final class FakeRouter {
    static final Inet4Address ADDRESS = Ipv4.parse("192.168.1.1");
    static final Inet4Address CLIENT = Ipv4.parse("192.168.1.7");
    static final String CONTROL = "/ctl/IPConn";
    static final String SERVICE = "urn:schemas-upnp-org:service:WANIPConnection:1";

    private static final Pattern ACTION = Pattern.compile("#(\\w+)\"");
    private static final Pattern ARGUMENT = Pattern.compile("<(New\\w+)>([^<]*)</");

    final Set<MappingProtocol> speaks = EnumSet.allOf(MappingProtocol.class);
    /** What was asked, one word each: {@code map}, {@code unmap}, {@code address}, {@code search}, and UPnP's actions. */
    final List<String> asked = new ArrayList<>();
    /** Ports outside that another machine has. */
    final Set<Integer> taken = new HashSet<>();

    Inet4Address external = Ipv4.parse("11.22.33.1");
    Duration longestLease = Duration.ofDays(1);
    boolean isSilent;
    boolean isUpnpPermanentOnly;
    boolean isUpnpWithoutLook;
    boolean givesAwayTakenPorts;
    int refusal;

    private final Supplier<Instant> clock;
    private final Map<Integer, Mapping> mappings = new HashMap<>();
    private Instant started;

    /** What it keeps for one port outside. */
    record Mapping(int port, String nonce, Instant end) {}

    FakeRouter(Supplier<Instant> clock) {
        this.clock = clock;
        this.started = clock.get();
    }

    void restart() {
        mappings.clear();
        started = clock.get();
    }

    /** The ports outside that lead in now. */
    Set<Integer> mapped() {
        mappings.values().removeIf(mapping -> !clock.get().isBefore(mapping.end));
        return Set.copyOf(mappings.keySet());
    }

    /** What comes from port 5351, if that is open. */
    Optional<byte[]> port5351(byte[] question) {
        if (isSilent) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(question);
        boolean isPcp = in.get(0) == PcpRequest.VERSION;
        if (isPcp && speaks.contains(MappingProtocol.PCP)) {
            return Optional.of(pcp(in));
        }
        if (isPcp) {
            return Optional.of(ByteBuffer.allocate(8)
                    .put((byte) 0)
                    .put((byte) 0x81)
                    .putShort((short) 1)
                    .putInt(epoch())
                    .array());
        }
        return Optional.of(speaks.contains(MappingProtocol.NAT_PMP) ? natPmp(in) : otherVersion());
    }

    boolean listensAt5351() {
        return speaks.contains(MappingProtocol.PCP) || speaks.contains(MappingProtocol.NAT_PMP);
    }

    private byte[] otherVersion() {
        return ByteBuffer.allocate(24)
                .put((byte) 2)
                .put((byte) 0x80)
                .putShort((short) 1)
                .array();
    }

    private int epoch() {
        return (int) Duration.between(started, clock.get()).toSeconds();
    }

    private byte[] pcp(ByteBuffer in) {
        byte[] nonce = new byte[12];
        in.get(24, nonce);
        int lease = in.getInt(4);
        asked.add(lease == 0 ? "unmap" : "map");
        int outside = grant(
                unsigned(in.getShort(40)),
                unsigned(in.getShort(42)),
                lease,
                HexFormat.of().formatHex(nonce));
        ByteBuffer out = ByteBuffer.allocate(60);
        out.put((byte) 2)
                .put((byte) 0x81)
                .putShort((short) (outside < 0 ? 2 : refusal))
                .putInt(granted(lease));
        out.putInt(epoch()).position(24);
        out.put(nonce).put((byte) 6).position(40);
        out.putShort(in.getShort(40)).putShort((short) outside);
        return out.putLong(0).putInt(0xFFFF).put(external.getAddress()).array();
    }

    private byte[] natPmp(ByteBuffer in) {
        if (in.capacity() == 2) {
            asked.add("address");
            return address();
        }
        int lease = in.getInt(8);
        asked.add(lease == 0 ? "unmap" : "map");
        int outside = grant(unsigned(in.getShort(4)), unsigned(in.getShort(6)), lease, "");
        ByteBuffer out = ByteBuffer.allocate(16);
        out.put((byte) 0)
                .put((byte) 0x82)
                .putShort((short) (outside < 0 ? 2 : refusal))
                .putInt(epoch());
        return out.putShort(in.getShort(4))
                .putShort((short) outside)
                .putInt(granted(lease))
                .array();
    }

    /** The outer address, as asked for or announced. */
    byte[] address() {
        ByteBuffer out = ByteBuffer.allocate(12);
        out.put((byte) 0).put((byte) 0x80).putShort((short) refusal).putInt(epoch());
        return out.put(external.getAddress()).array();
    }

    /** PCP's announcement. */
    byte[] announcement() {
        return ByteBuffer.allocate(24)
                .put((byte) 2)
                .put((byte) 0x80)
                .putShort((short) 0)
                .putInt(0)
                .putInt(epoch())
                .array();
    }

    private int granted(int lease) {
        return (int) Math.min(lease, longestLease.toSeconds());
    }

    private int grant(int port, int suggested, int lease, String nonce) {
        mapped();
        if (refusal != 0) {
            return 0;
        }
        boolean isOfAnother =
                mappings.values().stream().anyMatch(mapping -> mapping.port == port && !mapping.nonce.equals(nonce));
        if (isOfAnother) {
            return -1;
        }
        if (lease == 0) {
            mappings.values().removeIf(mapping -> mapping.port == port);
            return 0;
        }
        int outside = suggested;
        while (taken.contains(outside)) {
            outside++;
        }
        mappings.put(outside, new Mapping(port, nonce, clock.get().plusSeconds(granted(lease))));
        return outside;
    }

    private static int unsigned(short value) {
        return Short.toUnsignedInt(value);
    }

    /** The answer to a search, if it speaks UPnP. */
    Optional<byte[]> search(byte[] question) {
        String text = new String(question, StandardCharsets.US_ASCII);
        boolean isMine = text.contains("InternetGatewayDevice:1\r\n");
        if (isSilent || !isMine || !speaks.contains(MappingProtocol.UPNP)) {
            return Optional.empty();
        }
        asked.add("search");
        return Optional.of(("HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: " + Ssdp.TARGETS.get(1)
                        + "\r\nUSN: uuid:1\r\nEXT:\r\nLOCATION: http://192.168.1.1:5000/rootDesc.xml\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    /** The answer over HTTP. */
    byte[] http(byte[] request) {
        String text = new String(request, StandardCharsets.US_ASCII);
        if (text.startsWith("GET /rootDesc.xml HTTP/1.1\r\n")) {
            return reply(200, Documents.description(SERVICE, CONTROL));
        }
        Matcher action = ACTION.matcher(text);
        if (!text.startsWith("POST " + CONTROL + " HTTP/1.1\r\n") || !action.find()) {
            return reply(404, "<html>");
        }
        Map<String, String> arguments = new HashMap<>();
        ARGUMENT.matcher(text).results().forEach(found -> arguments.put(found.group(1), found.group(2)));
        asked.add(action.group(1));
        return soap(action.group(1), arguments);
    }

    private byte[] soap(String action, Map<String, String> arguments) {
        return switch (action) {
            case "GetExternalIPAddress" ->
                done(action, "<NewExternalIPAddress>" + external.getHostAddress() + "</NewExternalIPAddress>");
            case "GetSpecificPortMappingEntry" -> look(action, arguments);
            case "AddPortMapping" -> add(action, arguments);
            case "DeletePortMapping" ->
                mappings.remove(Integer.valueOf(arguments.get("NewExternalPort"))) == null
                        ? fault(714)
                        : done(action, "");
            default -> fault(401);
        };
    }

    private byte[] look(String action, Map<String, String> arguments) {
        int outside = Integer.parseInt(arguments.get("NewExternalPort"));
        if (isUpnpWithoutLook) {
            return reply(404, "<html>");
        }
        if (taken.contains(outside)) {
            return done(
                    action, "<NewInternalPort>1</NewInternalPort><NewInternalClient>192.168.1.8</NewInternalClient>");
        }
        return mapped().contains(outside)
                ? done(
                        action,
                        "<NewInternalPort>" + mappings.get(outside).port + "</NewInternalPort><NewInternalClient>"
                                + CLIENT.getHostAddress() + "</NewInternalClient>")
                : fault(714);
    }

    private byte[] add(String action, Map<String, String> arguments) {
        int outside = Integer.parseInt(arguments.get("NewExternalPort"));
        int lease = Integer.parseInt(arguments.get("NewLeaseDuration"));
        if (refusal != 0) {
            return fault(refusal);
        }
        if (taken.contains(outside) && !givesAwayTakenPorts) {
            return fault(718);
        }
        if (isUpnpPermanentOnly && lease != 0) {
            return fault(725);
        }
        Instant end = lease == 0 ? Instant.MAX : clock.get().plusSeconds(lease);
        mappings.put(outside, new Mapping(Integer.parseInt(arguments.get("NewInternalPort")), "", end));
        return done(action, "");
    }

    private static byte[] done(String action, String results) {
        return reply(
                200,
                Documents.soap("<u:" + action + "Response xmlns:u=\"" + SERVICE + "\">" + results + "</u:" + action
                        + "Response>"));
    }

    private static byte[] fault(int code) {
        return reply(500, Documents.fault(code));
    }

    static byte[] reply(int status, String body) {
        return ("HTTP/1.1 " + status + " Word\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
