package org.maunode.ble.dbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.ble.dbus.Message.Field;

/** A bus that greets us and then reads nothing any more: what waits for it is bounded, and nobody who calls is held up. */
class StalledBusTest {
    private static final int BYTES = 10_000;

    @TempDir
    private Path files;

    private CompletableFuture<SocketChannel> greets(ServerSocketChannel server) {
        CompletableFuture<SocketChannel> stalled = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                SocketChannel one = server.accept();
                one.write(ByteBuffer.wrap("OK 1234\r\n".getBytes(StandardCharsets.US_ASCII)));
                Map<Field, Value> fields = Map.of(Field.REPLY_SERIAL, Value.uint32(1));
                readUntilHello(one);
                one.write(ByteBuffer.wrap(
                        new Message(Message.Kind.METHOD_RETURN, 1, 1, fields, List.of(Value.of(":1.1"))).encode()));
                stalled.complete(one);
            } catch (IOException gone) {
                stalled.completeExceptionally(gone);
            }
        });
        return stalled;
    }

    private static void readUntilHello(SocketChannel one) throws IOException {
        StringBuilder said = new StringBuilder();
        ByteBuffer bytes = ByteBuffer.allocate(512);
        while (said.indexOf("Hello") < 0 && one.read(bytes) >= 0) {
            said.append(StandardCharsets.ISO_8859_1.decode(bytes.flip()));
            bytes.clear();
        }
    }

    @Test
    void soMuchWaitsAndTheRestIsDroppedAtOnce() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(files.resolve("bus")));
            CompletableFuture<SocketChannel> other = greets(server);
            AtomicInteger taken = new AtomicInteger();
            try (Bus bus = Bus.connect(new BusAddress(files.resolve("bus")), Duration.ofSeconds(10))) {
                Signal signal = new Signal("/a", "b.c", "D", List.of(Value.of(new byte[BYTES])));
                int most = 2 * Limits.UNWRITTEN / BYTES;
                for (int i = 0; i < most; i++) {
                    bus.emit(signal, taken::incrementAndGet);
                }
                int dropped = taken.get();
                assertTrue(dropped > most / 4 && dropped < most, dropped + " of " + most + " dropped or taken");
            }
            assertEquals(2 * Limits.UNWRITTEN / BYTES, taken.get());
            other.join().close();
        }
    }
}
