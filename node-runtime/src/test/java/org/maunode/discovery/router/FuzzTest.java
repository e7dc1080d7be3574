package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.router.Wires.Received;

/** Real messages, spoilt at random: whatever comes, each parser reads it or says why not (RT-30, RT-33, RT-34, RT-35). */
class FuzzTest {
    private static final int ROUNDS = 20_000;
    private static final long SEED = 1900;
    private static final Location ROOT = Location.parse("http://192.168.1.1:5000/rootDesc.xml");

    private interface Parser {
        void parse(byte[] bytes) throws IOException;
    }

    private static void survives(Parser parser, byte[]... seeds) throws IOException {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] spoilt = spoilt(seeds[random.nextInt(seeds.length)], random);
            try {
                parser.parse(spoilt);
            } catch (RouterException typed) {
                // As it should be.
            } catch (RuntimeException defect) {
                fail("seed " + SEED + ", round " + round + ": " + HexFormat.of().formatHex(spoilt), defect);
            }
        }
    }

    /** Bytes changed, cut out, or repeated, a few times. */
    private static byte[] spoilt(byte[] seed, Random random) {
        byte[] bytes = seed;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length + 1);
            int other = random.nextInt(bytes.length + 1);
            bytes = switch (random.nextInt(4)) {
                case 0 -> Arrays.copyOf(bytes, at);
                case 1 -> joined(Arrays.copyOf(bytes, Math.max(at, other)), bytes, Math.min(at, other));
                case 2 -> joined(Arrays.copyOf(bytes, Math.min(at, other)), bytes, Math.max(at, other));
                default -> changed(bytes.clone(), random);
            };
        }
        return bytes;
    }

    private static byte[] joined(byte[] head, byte[] whole, int from) {
        byte[] joined = Arrays.copyOf(head, head.length + whole.length - from);
        System.arraycopy(whole, from, joined, head.length, whole.length - from);
        return joined;
    }

    private static byte[] changed(byte[] bytes, Random random) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void pcp() throws IOException {
        survives(PcpAnswer::parse, hex(PcpTest.GRANTED), hex(PcpTest.NOT_AUTHORIZED), hex(NatPmpTest.ADDRESS));
    }

    @Test
    void natPmp() throws IOException {
        survives(NatPmpAnswer::parse, hex(NatPmpTest.GRANTED), hex(NatPmpTest.ADDRESS), hex("0081000100000007"));
    }

    @Test
    void announcements() throws IOException {
        survives(Announcement::parse, hex(NatPmpTest.ADDRESS), Arrays.copyOf(new byte[] {2, (byte) 0x80}, 24));
    }

    @Test
    void answersToASearch() throws IOException {
        byte[] answer = text("HTTP/1.1 200 OK\r\nST: " + Ssdp.TARGETS.getFirst()
                + "\r\nLOCATION: http://192.168.1.1:5000/rootDesc.xml\r\n\r\n");
        survives(bytes -> Ssdp.location(new Received(FakeWires.PORT_5351, bytes), FakeWires.GATEWAY), answer);
    }

    @Test
    void repliesOverHttp() throws IOException {
        survives(
                bytes -> HttpReply.read(new ByteArrayInputStream(bytes), 100),
                text("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Type: text/xml\r\n\r\nabc"),
                text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\ndefghijklm\r\n0\r\n\r\n"));
    }

    @Test
    void descriptions() throws IOException {
        survives(
                bytes -> Description.services(bytes, ROOT),
                text(Documents.description(FakeRouter.SERVICE, FakeRouter.CONTROL)));
    }

    @Test
    void answersOfServices() throws IOException {
        byte[] done = text(Documents.soap("<u:XResponse><A>1 &amp; 2</A></u:XResponse>"));
        survives(bytes -> SoapAnswer.results(new HttpReply(200, bytes), "X"), done, text(Documents.fault(718)));
    }

    @Test
    void addresses() throws IOException {
        survives(
                bytes -> ROOT.resolve(new String(bytes, StandardCharsets.ISO_8859_1)),
                text("http://192.168.1.1:5000/a?b=c"));
    }

    /** The kernel is trusted, and still not believed blindly. */
    @Test
    void routes() throws IOException {
        byte[] table = text(
                "Iface\tDestination\n" + "eth0\t00000000\t014DA8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n".repeat(2));
        survives(bytes -> RouteTable.defaultRoute(new String(bytes, StandardCharsets.ISO_8859_1)), table);
    }
}
