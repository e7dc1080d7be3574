package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.router.Description.Service;
import org.maunode.discovery.router.RouterException.Reason;
import org.maunode.discovery.router.SoapRequest.Argument;
import org.maunode.discovery.router.Wires.Received;

/** What a gateway device says, and what it must not say. */
class IgdTest {
    private static final Location ROOT = Location.parse("http://192.168.1.1:5000/rootDesc.xml");
    private static final String FOUND = "HTTP/1.1 200 OK\r\nST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\n"
            + "LOCATION: http://192.168.1.1:5000/rootDesc.xml\r\n\r\n";

    private final FakeWires wires = new FakeWires();

    private static Received answer(String from, String text) {
        return new Received(new InetSocketAddress(Ipv4.parse(from), 1900), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Location location(String from, String text) {
        return Ssdp.location(answer(from, text), FakeWires.GATEWAY);
    }

    private static List<Service> services(String document) {
        return Description.services(document.getBytes(StandardCharsets.ISO_8859_1), ROOT);
    }

    /** RT-32, RT-33. */
    @Test
    void onlyTheRouterSaysWhereItsDescriptionIs() {
        assertEquals(ROOT, location("192.168.1.1", FOUND));
        Failing.with(Reason.MALFORMED, () -> location("192.168.1.9", FOUND));
        Failing.with(Reason.MALFORMED, () -> location("192.168.1.9", FOUND.replace("192.168.1.1", "192.168.1.9")));
        Failing.with(Reason.MALFORMED, () -> location("192.168.1.1", FOUND.replace("192.168.1.1", "192.168.1.9")));
        Failing.with(Reason.MALFORMED, () -> location("192.168.1.1", FOUND.replace("http:", "https:")));
        Failing.with(Reason.MALFORMED, () -> location("192.168.1.1", FOUND.replace("192.168.1.1", "localhost")));
        Failing.with(Reason.MALFORMED, () -> location("192.168.1.1", FOUND.replace("LOCATION", "L")));
        Failing.with(Reason.MALFORMED, () -> location("192.168.1.1", FOUND.replace("ST", "NT")));
        Failing.with(Reason.MALFORMED, () -> location("192.168.1.1", FOUND.replace("Gateway", "Radio")));
        Failing.with(Reason.MALFORMED, () -> location("192.168.1.1", FOUND.replace("200 OK", "404")));
        Failing.with(Reason.MALFORMED, () -> location("192.168.1.1", "NOTIFY * " + FOUND));
    }

    /** RT-32. */
    @Test
    void anAnswerToASearchHas2048Bytes() {
        String filler = "X: " + "y".repeat(1000) + "\r\n";
        String two = filler + filler.substring(0, 3);
        String longest = FOUND.replace("ST:", two + "z".repeat(2048 - FOUND.length() - two.length() - 2) + "\r\nST:");
        assertEquals(2048, longest.length());
        assertEquals(ROOT, location("192.168.1.1", longest));
        Failing.with(Reason.OVER_LIMIT, () -> location("192.168.1.1", longest + " "));
    }

    /** RT-32: others answer before the router, and lead to themselves or to victims. */
    @Test
    void liarsAreNotAskedForTheirDescriptions() {
        wires.router.speaks.remove(MappingProtocol.PCP);
        wires.strays.add(answer("192.168.1.9", FOUND.replace("192.168.1.1", "192.168.1.9")));
        wires.strays.add(answer("192.168.1.9", FOUND.replace("192.168.1.1", "11.22.33.44")));
        wires.strays.add(answer("192.168.1.1", FOUND.replace("192.168.1.1", "11.22.33.44")));
        wires.strays.add(answer("192.168.1.1", "\u0000"));
        assertEquals(1, new IgdSearch(wires, FakeWires.GATEWAY).services().size());
    }

    /** RT-32. */
    @Test
    void sixtyFourAnswersAreReadInOneSearch() {
        for (int i = 0; i < IgdSearch.MAX_ANSWERS - 1; i++) {
            wires.strays.add(answer("192.168.1.9", FOUND));
        }
        wires.losses = 1;
        assertEquals(1, new IgdSearch(wires, FakeWires.GATEWAY).services().size());
        wires.strays.add(answer("192.168.1.9", FOUND));
        wires.losses = 1;
        Failing.with(Reason.OVER_LIMIT, () -> new IgdSearch(wires, FakeWires.GATEWAY).services());
    }

    /** RT-32. */
    @Test
    void fourDescriptionsAreFetchedInOneSearch() {
        List<String> fetched = new ArrayList<>();
        Wires counted = new ForwardingWires(wires) {
            @Override
            public HttpReply call(InetSocketAddress to, byte[] request, int maxBody) {
                fetched.add(new String(request, StandardCharsets.US_ASCII));
                return super.call(to, request, maxBody);
            }
        };
        for (int i = 1; i < IgdSearch.MAX_DESCRIPTIONS; i++) {
            wires.strays.add(answer("192.168.1.1", FOUND.replace("rootDesc", "none" + i)));
        }
        wires.losses = 1;
        assertEquals(1, new IgdSearch(counted, FakeWires.GATEWAY).services().size());
        assertEquals(4, fetched.size());
        wires.strays.add(answer("192.168.1.1", FOUND.replace("rootDesc", "none")));
        Failing.with(Reason.SILENT, () -> new IgdSearch(counted, FakeWires.GATEWAY).services());
        assertEquals(8, fetched.size());
    }

    /** RT-36. */
    @Test
    void servicesThatMapPortsAreFoundTheBestFirst() {
        String ppp = service("WANPPPConnection:1", "/ppp");
        String one = service("WANIPConnection:1", "/one");
        String two = service("WANIPConnection:2", "/two");
        List<String> paths =
                services("<root>" + ppp + one + service("Layer3Forwarding:1", "/l3") + two + "</root>").stream()
                        .map(service -> service.control().path())
                        .toList();
        assertEquals(List.of("/two", "/one", "/ppp"), paths);
        assertEquals(4, services("<root>" + one.repeat(4) + "</root>").size());
        assertEquals(4, services("<root>" + one.repeat(5) + "</root>").size());
        Failing.with(Reason.MALFORMED, () -> services("<root/>"));
        Failing.with(Reason.MALFORMED, () -> services("<root>" + service("WANIPConnection:3", "/") + "</root>"));
    }

    private static String service(String type, String control) {
        return "<service><serviceType>urn:schemas-upnp-org:service:" + type + "</serviceType><controlURL>" + control
                + "</controlURL></service>";
    }

    /** RT-33. */
    @Test
    void controlAddressesLeadToTheRouterItself() {
        assertEquals(
                "/ctl/IPConn",
                services(Documents.description(FakeRouter.SERVICE, "/ctl/IPConn"))
                        .getFirst()
                        .control()
                        .path());
        for (String control :
                List.of("http://11.22.33.44:5000/x", "http://192.168.1.1:22/x", "//11.22.33.44/x", "", "a b")) {
            Failing.with(Reason.MALFORMED, () -> services(Documents.description(FakeRouter.SERVICE, control)));
        }
    }

    /** RT-33. */
    @Test
    void theBaseAddressLeadsToTheRouterItself() {
        String based = "<root><URLBase>%s</URLBase>" + service("WANIPConnection:1", "ctl") + "</root>";
        assertEquals("/ctl", services(based.formatted("")).getFirst().control().path());
        assertEquals(
                "/b/ctl",
                services(based.formatted("http://192.168.1.1:5000/b/"))
                        .getFirst()
                        .control()
                        .path());
        Failing.with(Reason.MALFORMED, () -> services(based.formatted("http://192.168.1.9:5000/")));
        Failing.with(Reason.MALFORMED, () -> services(based.formatted("http://192.168.1.1:5001/")));
    }

    /** RT-37. */
    @Test
    void aRequestIsOurWordsAlone() {
        Service service = new Service(FakeRouter.SERVICE, ROOT.resolve("/ctl"));
        byte[] request =
                new SoapRequest(service, "DeletePortMapping", List.of(new Argument("NewProtocol", "TCP"))).bytes();
        String text = new String(request, StandardCharsets.US_ASCII);
        String[] parts = text.split("\r\n\r\n");
        assertTrue(parts[0].startsWith("POST /ctl HTTP/1.1\r\nHost: 192.168.1.1:5000\r\n"), parts[0]);
        assertTrue(parts[0].contains("Content-Length: " + parts[1].length()), parts[0]);
        assertTrue(parts[0].endsWith("SOAPAction: \"" + FakeRouter.SERVICE + "#DeletePortMapping\""), parts[0]);
        List<String> elements = new ArrayList<>();
        XmlScanner.scan(parts[1].getBytes(StandardCharsets.US_ASCII), new XmlScanner.Handler() {
            @Override
            public void start(String name) {
                elements.add(name);
            }

            @Override
            public void end(String name, String value) {}
        });
        assertEquals(List.of("Envelope", "Body", "DeletePortMapping", "NewProtocol"), elements);
    }

    /** RT-37. */
    @Test
    void ofAnErrorOnlyTheNumberIsRead() {
        Map<Integer, Reason> meanings = Map.of(
                714, Reason.NO_SUCH_MAPPING,
                718, Reason.PORT_TAKEN,
                729, Reason.PORT_TAKEN,
                725, Reason.PERMANENT_ONLY,
                606, Reason.REFUSED,
                501, Reason.REFUSED,
                999, Reason.REFUSED);
        meanings.forEach((code, reason) -> Failing.with(reason, () -> results(500, Documents.fault(code), "X")));
        String words = Documents.fault(501).replace("words", "secret words");
        try {
            results(500, words, "X");
        } catch (RouterException refused) {
            assertFalse(refused.getMessage().contains("secret"));
        }
    }

    private static Map<String, String> results(int status, String body, String action) {
        return SoapAnswer.results(new HttpReply(status, body.getBytes(StandardCharsets.ISO_8859_1)), action);
    }

    /** RT-30, RT-34. */
    @Test
    void anAnswerIsToTheActionAskedFor() {
        String done = Documents.soap("<u:AddPortMappingResponse/>");
        assertTrue(results(200, done, "AddPortMapping").containsKey("AddPortMappingResponse"));
        Failing.with(Reason.MALFORMED, () -> results(200, done, "DeletePortMapping"));
        Failing.with(Reason.MALFORMED, () -> results(500, done, "AddPortMapping"));
        Failing.with(Reason.MALFORMED, () -> results(302, done, "AddPortMapping"));
        Failing.with(Reason.MALFORMED, () -> results(500, Documents.fault(12345), "AddPortMapping"));
    }
}
