import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.maunode.exchange.Answer;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.exchange.Request;
import org.maunode.http.DialerOptions;
import org.maunode.http.Limits;
import org.maunode.http.PeerDialer;
import org.maunode.http.PeerServer;
import org.maunode.http.ServerOptions;
import org.maunode.identity.FileName;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Envelope;
import org.maunode.openpgp.SecretIdentity;
import org.maunode.store.Position;
import org.maunode.store.StoredFile;

/**
 * One server and one caller in this JVM: small files a second, and megabytes a second of a large one. With an argument it
 * only serves, and says where, so that other programs can be measured against it.
 */
public final class HttpBench {
    private static final long LARGE = 1L << 30;
    private static final int SMALL_REQUESTS = 20_000;

    private HttpBench() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("mau-bench");
        SecretIdentity node = SecretIdentity.generate("node", "", Instant.now());
        List<StoredFile> files = List.of(file(directory, node, "small.pgp", 1024), file(directory, node, "large.pgp", LARGE));
        Exchange exchange = (request, caller) -> switch (request) {
            case Request.GetFile get ->
                new Answer.Content(get.name().value().startsWith("small") ? files.get(0) : files.get(1));
            default -> new Answer.Listing(files.iterator(), Position.after(files.getLast()), false);
        };
        Limits open = Limits.DEFAULT.with(new Limits.Rates(
                new Limits.Rate(1 << 30, 1e9), new Limits.Rate(1 << 30, 1e9), Limits.Rates.DEFAULT.control()));
        ServerOptions options =
                ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).with(open);
        try (PeerServer server = PeerServer.start(node, exchange, options)) {
            if (args.length > 0) {
                System.out.println(
                        "https://127.0.0.1:" + server.address().getPort() + "/p2p/" + node.fingerprint() + "/large.pgp");
                Thread.currentThread().join();
            }
            for (int i = 0; i < 3; i++) {
                measure(server, node, files);
            }
        }
    }

    private static StoredFile file(Path directory, SecretIdentity node, String name, long size) throws Exception {
        Path path = directory.resolve(name);
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.setLength(size);
        }
        return new StoredFile(
                node.fingerprint(),
                new FileName(name),
                path,
                size,
                Files.getLastModifiedTime(path).toInstant(),
                VersionHash.of(new byte[32]),
                new Envelope(false, List.of()));
    }

    private static void measure(PeerServer server, SecretIdentity node, List<StoredFile> files) throws Exception {
        SecretIdentity caller = SecretIdentity.generate("caller", "", Instant.now());
        try (PeerDialer dialer = new PeerDialer(caller, DialerOptions.DEFAULT);
                RemotePeer peer = dialer.dial(node.fingerprint(), server.address())) {
            report("1 KB files, one at a time", SMALL_REQUESTS, "requests", () -> fetchMany(peer, files.get(0), SMALL_REQUESTS));
            report("1 KB files, 8 callers", SMALL_REQUESTS, "requests", () -> inParallel(peer, files.get(0)));
            report("lists of 2", SMALL_REQUESTS, "requests", () -> {
                for (int i = 0; i < SMALL_REQUESTS; i++) {
                    peer.list(node.fingerprint(), new From.Since(Instant.MIN));
                }
            });
            report("1 GB file", LARGE >> 20, "MB", () -> fetchMany(peer, files.get(1), 1));
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void report(String what, long amount, String unit, Work work) throws Exception {
        long cpu = cpu();
        long wall = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - wall) / 1e9;
        double cpuSeconds = (cpu() - cpu) / 1e9;
        System.out.printf(
                "%-28s %8.0f %s/s, %8.0f per CPU second of both sides%n", what, amount / seconds, unit, amount / cpuSeconds);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void fetchMany(RemotePeer peer, StoredFile file, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            peer.fetch(file.owner(), file.name(), 0, file.sum(), (offset, total) -> OutputStream.nullOutputStream());
        }
    }

    private static void inParallel(RemotePeer peer, StoredFile file) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    fetchMany(peer, file, SMALL_REQUESTS / 8);
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
