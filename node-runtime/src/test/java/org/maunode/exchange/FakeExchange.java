package org.maunode.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Envelope;
import org.maunode.store.Position;
import org.maunode.store.StoreException;
import org.maunode.store.StoredFile;

/**
 * An exchange of one owner's files, without signatures: real files in a directory, and for each who may read it. Strict: it
 * refuses to answer for an owner it was not told of.
 */
public final class FakeExchange implements Exchange {
    private final Path directory;
    private final Fingerprint owner;
    private final int page;
    private final Map<String, Held> files = new TreeMap<>();
    private final List<Held> versions = new ArrayList<>();
    public static final String UNVERIFIED = "unverified";
    public static final String OLD = "old";
    public static final String FULL = "full";

    private final Set<Fingerprint> followed = ConcurrentHashMap.newKeySet();
    private final Map<String, String> left = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final List<Consumer<Fingerprint>> listeners = new CopyOnWriteArrayList<>();
    private Runnable beforeAnswer = () -> {};
    private int number;

    private record Held(StoredFile file, Optional<Fingerprint> reader) {
        boolean isFor(Caller caller) {
            return reader.isEmpty() || reader.equals(caller.fingerprint());
        }
    }

    public FakeExchange(Path directory, Fingerprint owner, int page) {
        this.directory = directory;
        this.owner = owner;
        this.page = page;
    }

    public Fingerprint owner() {
        return owner;
    }

    /** Called before each answer, on the wire's thread. */
    public synchronized void beforeAnswer(Runnable action) {
        beforeAnswer = action;
    }

    /** A file for everybody. */
    public StoredFile publish(String name, String content, Instant modified) {
        return publish(name, content.getBytes(StandardCharsets.UTF_8), modified, Optional.empty());
    }

    /** A file for {@code reader} alone, or for everybody; what had the name becomes a version. */
    public StoredFile publish(String name, byte[] content, Instant modified, Optional<Fingerprint> reader) {
        try {
            Path fresh = Files.write(fresh(), content);
            return publish(name, fresh, digest(content), modified, reader);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Takes a file that lies in the directory already. */
    public StoredFile publish(String name, Path fresh, VersionHash sum, Instant modified, Optional<Fingerprint> reader)
            throws IOException {
        StoredFile file = put(name, fresh, sum, modified, reader);
        listeners.forEach(listener -> listener.accept(owner));
        return file;
    }

    private synchronized Path fresh() {
        return directory.resolve("fresh-" + number++);
    }

    private synchronized StoredFile put(
            String name, Path fresh, VersionHash sum, Instant modified, Optional<Fingerprint> reader)
            throws IOException {
        Path path = directory.resolve(name);
        if (files.containsKey(name)) {
            keepVersion(files.get(name));
        }
        Files.setLastModifiedTime(fresh, FileTime.from(modified));
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        StoredFile file = new StoredFile(
                owner,
                new FileName(name),
                path,
                Files.size(path),
                modified,
                sum,
                new Envelope(reader.isPresent(), List.of()));
        files.put(name, new Held(file, reader));
        return file;
    }

    private void keepVersion(Held old) throws IOException {
        StoredFile file = old.file();
        Path path = directory.resolve("version-" + number++);
        Files.createLink(path, file.path());
        versions.add(new Held(
                new StoredFile(owner, file.name(), path, file.size(), file.modified(), file.sum(), file.envelope()),
                old.reader()));
    }

    /** The bytes on the disk change, and nobody tells the index. */
    public synchronized void replaceBehindTheBack(String name, byte[] content, Instant modified) throws IOException {
        Path fresh = Files.write(fresh(), content);
        Files.setLastModifiedTime(fresh, FileTime.from(modified));
        Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public static VersionHash digest(byte[] content) {
        try {
            return VersionHash.of(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Lets {@code peer} leave files here. */
    public void follow(Fingerprint peer) {
        followed.add(peer);
    }

    public void unfollow(Fingerprint peer) {
        followed.remove(peer);
    }

    /** What was left here under a name, if anything was. */
    public Optional<String> left(String name) {
        return Optional.ofNullable(left.get(name));
    }

    /**
     * Strict as a store, but for signatures: what begins with {@value #UNVERIFIED} is not verified, with {@value #OLD} older
     * than ours, and at {@value #FULL} the disk is full.
     */
    @Override
    public Delivery accept(Delivery.Offer offer, Caller caller) {
        if (!caller.fingerprint().equals(Optional.of(offer.owner())) || !followed.contains(offer.owner())) {
            return new Delivery.Refused(Refusal.FORBIDDEN, "");
        }
        Optional<VersionHash> held =
                left(offer.name().value()).map(content -> digest(content.getBytes(StandardCharsets.ISO_8859_1)));
        if (held.isPresent() && held.equals(offer.sum())) {
            return new Delivery.Taken(false);
        }
        underWay.incrementAndGet();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return new Delivery.Open() {
            @Override
            public void write(ByteBuffer chunk) {
                byte[] some = new byte[chunk.remaining()];
                chunk.get(some);
                bytes.writeBytes(some);
                if (bytes.toString(StandardCharsets.ISO_8859_1).startsWith(FULL)) {
                    throw new StoreException(StoreException.Reason.DISK_FULL, directory, "no space left", null);
                }
            }

            @Override
            public Verdict finish() {
                return verdict(offer, bytes.toString(StandardCharsets.ISO_8859_1));
            }

            @Override
            public void close() {
                underWay.decrementAndGet();
            }
        };
    }

    private Delivery.Verdict verdict(Delivery.Offer offer, String content) {
        if (content.length() != offer.size()) {
            throw new AssertionError("finished after " + content.length() + " of " + offer.size() + " bytes");
        }
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        if (content.startsWith(UNVERIFIED)
                || offer.sum().filter(sum -> !sum.equals(digest(bytes))).isPresent()) {
            return new Delivery.Refused(Refusal.UNVERIFIED, "no good signature ü");
        }
        return content.startsWith(OLD)
                ? new Delivery.Refused(Refusal.CONFLICT, "")
                : new Delivery.Taken(left.put(offer.name().value(), content) == null);
    }

    /** Files that are being left here and are neither taken nor given up. */
    public int underWay() {
        return underWay.get();
    }

    @Override
    public AutoCloseable onChange(Consumer<Fingerprint> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public Answer answer(Request request, Caller caller) {
        Runnable before;
        synchronized (this) {
            before = beforeAnswer;
        }
        before.run();
        return answerNow(request, caller);
    }

    private synchronized Answer answerNow(Request request, Caller caller) {
        return switch (request) {
            case Request.ListFiles list -> list(list, caller);
            case Request.GetFile get ->
                content(Optional.ofNullable(files.get(get.name().value())), get, caller);
            case Request.GetVersion get -> content(version(get), get, caller);
            case Request.AboutPeers about -> throw new IllegalArgumentException(about + " is not about files");
        };
    }

    private Answer list(Request.ListFiles list, Caller caller) {
        Position from = list.after().orElse(list.since().map(Position::at).orElse(Position.START));
        List<StoredFile> found = files.values().stream()
                .filter(held -> held.file().owner().equals(list.owner()) && held.isFor(caller))
                .map(Held::file)
                .filter(file -> Position.after(file).compareTo(from) > 0)
                .sorted(Comparator.comparing(Position::after))
                .toList();
        List<StoredFile> shown = found.subList(0, Math.min(page, found.size()));
        Position end = shown.isEmpty() ? from : Position.after(shown.getLast());
        return new Answer.Listing(shown.iterator(), end, found.size() > page);
    }

    private Optional<Held> version(Request.GetVersion get) {
        List<Held> all = new ArrayList<>(versions);
        all.addAll(files.values());
        return all.stream()
                .filter(held -> held.file().name().equals(get.name()))
                .filter(held -> held.file().sum().equals(get.version()))
                .findFirst();
    }

    private Answer content(Optional<Held> held, Request.AboutFiles request, Caller caller) {
        Optional<Held> owned = held.filter(h -> h.file().owner().equals(request.owner()));
        if (owned.isEmpty()) {
            return new Answer.Refused(Refusal.NOT_FOUND);
        }
        return owned.get().isFor(caller)
                ? new Answer.Content(owned.get().file())
                : new Answer.Refused(Refusal.NOT_ALLOWED);
    }
}
