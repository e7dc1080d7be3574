package org.maunode.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.maunode.ble.air.FakeAir;
import org.maunode.ble.air.Faults;
import org.maunode.ble.air.RawFrames;
import org.maunode.ble.bluez.BluezPeripheral;
import org.maunode.ble.dbus.BusAddress;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.Link;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.line.Carrier;
import org.maunode.ble.radio.Centrals;
import org.maunode.cable.BleAddress;
import org.maunode.cable.Cables;
import org.maunode.exchange.FakeExchange;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Envelope;
import org.maunode.store.StoredFile;

/**
 * What TLS and HTTP leave of a radio's speed: floods bare frames, then fetches and leaves a file of as many bytes through a line,
 * over the same adapters in the same run, and prints both. A round goes first that is not counted, because the JVM compiles what is
 * used much; then bare frames and files take turns, because an emulated machine is not as fast at all times.
 *
 * <pre>
 *   GoodputOverRealBle [--adapters=NODE,FRIEND] [--client=any|tinyb|dbus] [--frame=BYTES] [--bytes=BYTES] [--rounds=NUMBER]
 *                      [--warm=BYTES] [--least=PERCENT] [--http1]
 *   GoodputOverRealBle --air=MICROSECONDS ...      over the radio in memory, where each frame takes so long
 * </pre>
 *
 * Ends with 1 if less than {@code --least} (80) percent are left.
 */
public final class GoodputOverRealBle implements AutoCloseable {
    private static final String ADAPTERS = "00:AA:01:00:00:00,00:AA:01:01:00:01";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Cables.Idle NEVER = new Cables.Idle(Duration.ofHours(1), Duration.ofHours(1));
    private static final Instant T = Instant.parse("2026-11-23T10:00:00Z");
    private static final TlsIdentity NODE = TestIdentities.ed25519();
    private static final TlsIdentity FRIEND = TestIdentities.ed25519();
    private static final int ATT_HEADER = 3;
    private static final int FRAME = org.maunode.ble.session.Limits.PREFERRED_FRAME;
    private static final int ATTEMPTS = 5;

    private final List<String> words;
    private final Path directory;
    private final FakeExchange exchange;
    private final DialerOptions options;
    private final int frame;
    private final BluetoothAddress at;
    private final Supplier<Central> radio;
    private final List<Runnable> open = new ArrayList<>();
    private int failed;

    /** The two ways. */
    private record Both<T>(T down, T up) {}

    /** What one round made of bare frames, and of files. */
    private record Round(Both<RawFrames.Count> raw, Both<RawFrames.Count> files) {}

    private GoodputOverRealBle(List<String> words) throws IOException {
        this.words = words;
        this.directory = Files.createTempDirectory("goodput");
        this.exchange = new FakeExchange(directory, NODE.fingerprint(), 10);
        this.frame = number("--frame=", FRAME);
        this.options =
                words.contains("--http1") ? DialerOptions.DEFAULT.withProtocols(Tls.HTTP_1_1) : DialerOptions.DEFAULT;
        List<BluetoothAddress> adapters = Stream.of(
                        value("--adapters=").orElse(ADAPTERS).split(","))
                .map(BluetoothAddress::parse)
                .toList();
        this.at = adapters.getFirst();
        this.radio = value("--air=").isPresent() ? inMemory(adapters.getLast()) : real(adapters.getLast());
    }

    public static void main(String[] words) throws Exception {
        int failed;
        try (GoodputOverRealBle bench = new GoodputOverRealBle(List.of(words))) {
            int bytes = bench.number("--bytes=", 1_000_000);
            // One byte less than any that counts: what the node has already is not left again.
            bench.round("warming up", Math.min(bytes - 1, bench.number("--warm=", 900_000)));
            List<Round> rounds = new ArrayList<>();
            for (int i = 0; i < bench.number("--rounds=", 3); i++) {
                rounds.add(bench.round("measured", bytes + i));
            }
            failed = bench.judge(rounds);
        }
        System.exit(failed);
    }

    // The two ends.

    private Supplier<Central> inMemory(BluetoothAddress adapter) throws IOException {
        FakeAir air = new FakeAir(1);
        air.faults(Faults.NONE.pace(Duration.ofNanos(number("--air=", 0) * 1000L)));
        open.add(air::close);
        serve(air.peripheral(at));
        return () -> air.central(adapter);
    }

    private Supplier<Central> real(BluetoothAddress adapter) throws IOException {
        serve(new BluezPeripheral(
                new BluezPeripheral.Options(BusAddress.system(System.getenv()), Optional.of(at), Optional.empty()),
                InstantSource.system()));
        Centrals.Choice client =
                Centrals.Choice.valueOf(value("--client=").orElse("dbus").toUpperCase(Locale.ROOT));
        return () -> Centrals.open(Optional.of(adapter), client, System.getenv());
    }

    private void serve(Peripheral peripheral) throws IOException {
        open.add(peripheral::close);
        Cables cables = new Cables(
                NODE.fingerprint(),
                new Carrier(frame),
                () -> {
                    throw new AssertionError("the node seeks nobody");
                },
                NEVER);
        open.add(cables::close);
        PeerServer server = PeerServer.start(
                NODE, exchange, ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        open.add(server::close);
        cables.serve(server::plug);
        NodeInfo info = new NodeInfo(NODE.fingerprint().toString(), "goodput");
        peripheral.offer(new Peripheral.Offer(info, List.of()), RawFrames.besides(cables.acceptor()));
        exchange.follow(FRIEND.fingerprint());
    }

    @Override
    public void close() throws IOException {
        open.reversed().forEach(Runnable::run);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    // A round.

    private Round round(String what, int bytes) throws Exception {
        say("# " + what + ": " + bytes + " bytes");
        Both<RawFrames.Count> raw = raw(bytes);
        Both<RawFrames.Count> files = files(bytes);
        tell("raw down", raw.down());
        tell("file fetched", files.down());
        tell("raw up", raw.up());
        tell("file left", files.up());
        return new Round(raw, files);
    }

    private int judge(List<Round> rounds) {
        judge("fetched", share(rounds, Both::down));
        judge("left", share(rounds, Both::up));
        return failed;
    }

    private static double share(List<Round> rounds, Function<Both<RawFrames.Count>, RawFrames.Count> way) {
        return 100
                * sum(rounds.stream().map(Round::files).map(way)).kibPerSecond()
                / sum(rounds.stream().map(Round::raw).map(way)).kibPerSecond();
    }

    private static RawFrames.Count sum(Stream<RawFrames.Count> counts) {
        return counts.reduce(
                new RawFrames.Count(0, 0),
                (one, other) -> new RawFrames.Count(one.bytes() + other.bytes(), one.nanos() + other.nanos()));
    }

    private void judge(String what, double share) {
        boolean enough = share >= number("--least=", 80);
        failed = enough ? failed : 1;
        say((enough ? "ok - " : "not ok - ")
                + String.format(Locale.ROOT, "a file is %s at %.1f %% of the speed of bare frames", what, share));
    }

    private Both<RawFrames.Count> raw(int bytes) throws InterruptedException {
        RawFrames.Counter counter = new RawFrames.Counter();
        try (Central central = radio.get()) {
            Central.Connection connection = retrying(() -> central.connect(at, counter, PATIENCE));
            int size = Math.min(frame, connection.link().mtu() - ATT_HEADER);
            int frames = Math.ceilDiv(bytes, size);
            say("# MTU " + connection.link().mtu() + ", frames of " + size + " bytes");
            Both<RawFrames.Count> unbounded = flood(connection.link(), counter, frames, size, RawFrames.WITHOUT_BOUND);
            tell("raw down, 64 at once", unbounded.down());
            tell("raw up, 64 at once", unbounded.up());
            Both<RawFrames.Count> raw = flood(connection.link(), counter, frames, size, RawFrames.asALine(size));
            connection.link().close();
            counter.ended(PATIENCE);
            return raw;
        }
    }

    private static Both<RawFrames.Count> flood(Link link, RawFrames.Counter counter, int frames, int size, int most)
            throws InterruptedException {
        return new Both<>(
                RawFrames.notified(link, counter, frames, size, most),
                RawFrames.written(link, counter, frames, size, most));
    }

    /** A slow machine may need a second attempt until everything is loaded. */
    private static <T> T retrying(Supplier<T> attempt) {
        for (int left = ATTEMPTS - 1; left > 0; left--) {
            try {
                return attempt.get();
            } catch (GattException failed) {
                say("# again: " + failed.getMessage());
            }
        }
        return attempt.get();
    }

    private Both<RawFrames.Count> files(int bytes) throws IOException {
        StoredFile down = file(NODE.fingerprint(), "down-" + bytes, bytes);
        StoredFile up = file(FRIEND.fingerprint(), "up-" + bytes, bytes);
        exchange.publish(down.name().value(), down.path(), down.sum(), T, Optional.empty());
        try (Cables cables = new Cables(FRIEND.fingerprint(), new Carrier(frame), radio, NEVER);
                PeerDialer dialer = new PeerDialer(FRIEND, options, List::of, cables)) {
            cables.leadingTo(BleAddress.of(at));
            long start = System.nanoTime();
            try (RemotePeer peer = dialer.dial(NODE.fingerprint(), BleAddress.of(at))) {
                peer.list(exchange.owner(), new RemotePeer.From.Since(Instant.MIN));
                say("# the first answer " + (System.nanoTime() - start) / 1_000_000 + " ms after the line was made");
                Both<RawFrames.Count> both = new Both<>(fetched(peer, down), left(peer, up));
                cables.connected().forEach(line -> say("# " + line.traffic()));
                return both;
            }
        }
    }

    private StoredFile file(Fingerprint owner, String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Path path = Files.write(directory.resolve("fresh-" + name), content);
        VersionHash sum = FakeExchange.digest(content);
        return new StoredFile(owner, new FileName(name + ".pgp"), path, bytes, T, sum, new Envelope(false, List.of()));
    }

    private RawFrames.Count fetched(RemotePeer peer, StoredFile file) throws IOException {
        long start = System.nanoTime();
        long[] came = new long[1];
        peer.fetch(exchange.owner(), file.name(), 0, file.sum(), (offset, total) -> new OutputStream() {
            @Override
            public void write(int one) {
                came[0]++;
            }

            @Override
            public void write(byte[] bytes, int from, int count) {
                came[0] += count;
            }
        });
        if (came[0] != file.size()) {
            throw new IOException(came[0] + " bytes of " + file.size());
        }
        return new RawFrames.Count(file.size(), System.nanoTime() - start);
    }

    private static RawFrames.Count left(RemotePeer peer, StoredFile file) throws IOException {
        long start = System.nanoTime();
        peer.push(file);
        return new RawFrames.Count(file.size(), System.nanoTime() - start);
    }

    // Words.

    private Optional<String> value(String option) {
        return words.stream()
                .filter(word -> word.startsWith(option))
                .map(word -> word.substring(option.length()))
                .findFirst();
    }

    private int number(String option, int otherwise) {
        return value(option).map(Integer::parseInt).orElse(otherwise);
    }

    private static void tell(String what, RawFrames.Count count) {
        say(String.format(
                Locale.ROOT,
                "# %-20s %8d bytes %7.2f s %7.1f KiB/s",
                what,
                count.bytes(),
                count.nanos() / 1e9,
                count.kibPerSecond()));
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
