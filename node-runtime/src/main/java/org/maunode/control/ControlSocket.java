package org.maunode.control;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import jdk.net.ExtendedSocketOptions;
import org.maunode.control.ControlException.Reason;

/**
 * The socket of a running node, for programs of the same user (docs/spec/control.md).
 *
 * <p>Threads: {@code mau-control}, which sleeps until somebody calls, and one {@code mau-control-N} a client, up to
 * {@value #MAX_CLIENTS}, until it has its answer.
 */
public final class ControlSocket implements AutoCloseable {
    static final int MAX_CLIENTS = 8;
    static final int MAX_REQUEST = 4096;
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger("org.maunode.control");
    private static final Duration END = Duration.ofSeconds(1);
    private static final Duration RECOVERY = Duration.ofSeconds(1);

    private final Path file;
    private final UserPrincipal owner;
    private final Desk desk;
    private final Duration patience;
    private final ServerSocketChannel server;
    private final Map<SocketChannel, Thread> clients = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread listener;

    private ControlSocket(Path file, Desk desk, Duration patience) throws IOException {
        this.file = file;
        this.desk = desk;
        this.patience = patience;
        this.server = listen(file);
        this.owner = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS);
        this.listener = Thread.ofPlatform().daemon().name("mau-control").start(this::accept);
    }

    /**
     * Listens in {@code home}, of which the caller holds {@code node.lock}: what a dead node left is replaced.
     *
     * @return empty if there can be no socket there; the log says why, and the node goes on without it (CS-3)
     */
    public static Optional<ControlSocket> start(Path home, Desk desk) {
        return start(home, desk, PATIENCE);
    }

    static Optional<ControlSocket> start(Path home, Desk desk, Duration patience) {
        try {
            return Optional.of(new ControlSocket(SocketFile.in(home), desk, patience));
        } catch (ControlException tooLong) {
            LOG.log(Level.WARNING, "this node cannot be asked by bin/mau: {0}", tooLong.getMessage());
        } catch (IOException | UnsupportedOperationException failed) {
            LOG.log(Level.WARNING, "this node cannot be asked by bin/mau: its socket in {0} failed: {1}", new Object[] {
                home, failed.getMessage()
            });
        }
        return Optional.empty();
    }

    private static ServerSocketChannel listen(Path file) throws IOException {
        closeToOthers(file.getParent(), "rwx------");
        removeStale(file);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(file));
            closeToOthers(file, "rw-------");
            return server;
        } catch (IOException | RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    private static void closeToOthers(Path path, String mode) throws IOException {
        if (!PosixFilePermissions.toString(Files.getPosixFilePermissions(path)).equals(mode)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
    }

    /** A node that was killed leaves its socket behind; whatever else has the name is not ours to delete. */
    private static void removeStale(Path file) throws IOException {
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isOther()) {
                throw new FileAlreadyExistsException(file.toString(), null, "is no socket, and is in the way");
            }
            Files.delete(file);
        } catch (NoSuchFileException clean) {
            LOG.log(Level.FINEST, "no socket was left at {0}", file);
        }
    }

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                receive(server.accept());
            } catch (ClosedChannelException end) {
                return;
            } catch (IOException failed) {
                LOG.log(Level.WARNING, "a program could not be received: {0}", failed.getMessage());
                recover();
            }
        }
    }

    /** What keeps one call from being taken, such as too many open files, keeps others too. */
    private void recover() {
        try {
            closed.await(RECOVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive(SocketChannel client) throws IOException {
        boolean taken = false;
        try {
            taken = isAllowed(client) && isSeated(client);
        } finally {
            if (!taken) {
                client.close();
            }
        }
    }

    /** The kernel's word for who calls; root is kept out of nothing by a file's mode either (CS-2). */
    private boolean isAllowed(SocketChannel client) throws IOException {
        UserPrincipal caller =
                client.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        boolean allowed = caller.equals(owner) || caller.getName().equals("root");
        if (!allowed) {
            LOG.log(Level.WARNING, "the user {0} may not ask this node", caller.getName());
        }
        return allowed;
    }

    /** Only this thread seats clients, so that there are never more than seats. */
    private boolean isSeated(SocketChannel client) throws IOException {
        if (clients.size() >= MAX_CLIENTS) {
            turnAway(client);
            return false;
        }
        Thread worker = Thread.ofPlatform()
                .daemon()
                .name("mau-control-" + number.incrementAndGet())
                .unstarted(() -> talk(client));
        clients.put(client, worker);
        worker.start();
        return true;
    }

    private void turnAway(SocketChannel client) throws IOException {
        try (Lines lines = new Lines(client)) {
            // Nothing else was sent, so that it fits into the socket's buffer and nobody waits.
            lines.write(error(new ControlException(Reason.BUSY, "the node has " + MAX_CLIENTS + " clients")), PATIENCE);
        } catch (ControlException gone) {
            LOG.log(Level.FINE, "a program went before it was turned away: {0}", gone.getMessage());
        }
    }

    private void talk(SocketChannel client) {
        try (client;
                Lines lines = new Lines(client)) {
            answer(lines);
        } catch (IOException | ControlException gone) {
            LOG.log(Level.FINE, "a program was not answered: {0}", gone.getMessage());
        } finally {
            clients.remove(client);
        }
    }

    private void answer(Lines lines) {
        JsonObject last;
        try {
            Question question = Question.parse(lines.read(MAX_REQUEST, patience));
            last = new JsonObject().add("answer", answer(question, lines));
        } catch (ControlException refused) {
            last = error(refused);
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "a question of a program was not answered", failed);
            last = error(new ControlException(Reason.FAILED, "the node did not manage to answer: " + failed, failed));
        }
        lines.write(last, patience);
    }

    private JsonValue answer(Question question, Lines lines) {
        return switch (question) {
            case Question.Status _ -> desk.status();
            case Question.Peers _ -> desk.peers();
            case Question.Find(var peer) ->
                desk.find(peer, step -> lines.write(new JsonObject().add("progress", step), patience));
            case Question.Ping(var peer) -> desk.ping(peer);
            case Question.Sync(var peers) -> desk.sync(peers);
        };
    }

    private static JsonObject error(ControlException why) {
        JsonObject error =
                new JsonObject().add("reason", why.reason().name()).add("message", String.valueOf(why.getMessage()));
        return new JsonObject().add("error", error);
    }

    private static void hangUp(SocketChannel client) {
        try {
            client.close();
        } catch (IOException gone) {
            LOG.log(Level.FINE, "a program was gone already: {0}", gone.getMessage());
        }
    }

    /** Programs that are being answered, for tests. */
    int clients() {
        return clients.size();
    }

    /** Ends every conversation and every thread, and takes the socket away. */
    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            LOG.log(Level.WARNING, "{0} cannot be removed: {1}", new Object[] {file, stays.getMessage()});
        }
        try {
            // First, so that it seats nobody behind our back.
            listener.join(END);
            List<Thread> workers = List.copyOf(clients.values());
            clients.keySet().forEach(ControlSocket::hangUp);
            workers.forEach(Thread::interrupt);
            for (Thread worker : workers) {
                worker.join(END);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
