package org.maunode.ble.dbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.ble.dbus.DBusException.Reason;

/** A bus that behaves otherwise than it should, before the first message and after. */
class GreetingTest {
    @TempDir
    private Path files;

    private BusAddress address() {
        return new BusAddress(files.resolve("bus"));
    }

    /** Says these bytes to whoever connects, and then nothing; the connection stays until the answer is closed. */
    private CompletableFuture<SocketChannel> says(String text) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(files.resolve("bus")));
        CompletableFuture<SocketChannel> accepted = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (server) {
                SocketChannel one = server.accept();
                one.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
                accepted.complete(one);
            } catch (IOException gone) {
                accepted.completeExceptionally(gone);
            }
        });
        return accepted;
    }

    private Reason reasonFor(String text, Duration patience) throws IOException {
        CompletableFuture<SocketChannel> other = says(text);
        DBusException failed = assertThrows(DBusException.class, () -> Bus.connect(address(), patience));
        other.join().close();
        return failed.reason();
    }

    @Test
    void aBusThatRefusesUsIsNoBus() throws IOException {
        assertEquals(Reason.NO_BUS, reasonFor("REJECTED EXTERNAL\r\n", Duration.ofSeconds(10)));
    }

    @Test
    void aBusThatSaysNothingIsGivenUp() throws IOException {
        assertEquals(Reason.TIMED_OUT, reasonFor("", Duration.ofMillis(50)));
        assertEquals(0, BusTest.threads());
    }

    @Test
    void aGreetingWithoutEndIsRefused() throws IOException {
        assertEquals(Reason.MALFORMED, reasonFor("O".repeat(Limits.GREETING_LINE + 1), Duration.ofSeconds(10)));
    }

    @Test
    void garbageBehindTheGreetingIsRefused() throws IOException {
        assertEquals(Reason.MALFORMED, reasonFor("OK 12\r\n" + "x".repeat(32), Duration.ofSeconds(10)));
    }

    @Test
    void tellsTheKernelsUserInHexadecimalDigits() {
        assertEquals("\0AUTH EXTERNAL 31303030\r\n", new String(Greeting.opening(1000), StandardCharsets.US_ASCII));
        assertEquals("\0AUTH EXTERNAL 30\r\n", new String(Greeting.opening(0), StandardCharsets.US_ASCII));
    }

    @Test
    void findsTheSystemBus() {
        assertEquals(
                Path.of("/run/dbus/system_bus_socket"),
                BusAddress.system(Map.of()).socket());
        Map<String, String> other = Map.of("DBUS_SYSTEM_BUS_ADDRESS", "tcp:host=a;unix:path=/tmp/a%20b,guid=1");
        assertEquals(Path.of("/tmp/a b"), BusAddress.system(other).socket());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tcp:host=localhost", "unix:abstract=/tmp/x", "unix:path=%zz"})
    void saysThatAnAddressIsNone(String text) {
        DBusException none = assertThrows(DBusException.class, () -> BusAddress.parse(text));
        assertEquals(Reason.NO_BUS, none.reason());
    }
}
