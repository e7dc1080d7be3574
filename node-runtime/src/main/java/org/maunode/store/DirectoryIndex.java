package org.maunode.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.maunode.identity.FileName;

/**
 * What is known of the files of one directory. In memory about 30 bytes a file, the rest in a {@link RecordLog}:
 *
 * <pre>
 * name ──NameTable──► place ──RecordLog──► IndexRecord ◄──RecordLog── place ◄──TimeOrder── (modified, name)
 * </pre>
 *
 * Thread-safe: one lock, held over reads of the log only.
 */
final class DirectoryIndex implements AutoCloseable {
    /** Garbage up to this is not worth rewriting the log. */
    private static final long TOLERATED_GARBAGE = 1 << 20;

    private static final long TOLERATED_DISORDER = 1000;

    private final Path file;
    private final boolean writable;
    private final Disk disk;
    private final NameTable byName = new NameTable();
    private final TimeOrder byTime = new TimeOrder(this::nameAt);
    /** Peers choose names; without the key they cannot choose ones that collide. */
    private final byte[] hashKey = new byte[16];

    private RecordLog log;
    private long live;
    private long outOfOrder;

    private DirectoryIndex(Path file, boolean writable, Disk disk) {
        this.file = file;
        this.writable = writable;
        this.disk = disk;
        new SecureRandom().nextBytes(hashKey);
    }

    /**
     * Opens the index that is kept in {@code file}, empty if it is lost or broken.
     *
     * @param writable whether this process is the one that writes it; else what is learnt is forgotten at the end
     */
    static DirectoryIndex open(Path file, boolean writable, Disk disk) throws IOException {
        DirectoryIndex index = new DirectoryIndex(file, writable, disk);
        index.load();
        return index;
    }

    /** Files known, also those that are no message. */
    synchronized int size() {
        return byName.size();
    }

    /** The newest file's time in nanoseconds; the smallest number if there is none. */
    synchronized long newest() {
        return byTime.newest();
    }

    synchronized Optional<IndexRecord> find(FileName name) throws IOException {
        int place = place(name);
        return place == NameTable.NOWHERE ? Optional.empty() : Optional.of(record(place));
    }

    /** Up to {@code max} messages behind {@code after}, in order. */
    synchronized List<IndexRecord> list(Position after, int max) throws IOException {
        int from = byTime.rank(Nanos.of(after.modified()), after.name());
        int to = (int) Math.min((long) from + max, byTime.size());
        List<IndexRecord> page = new ArrayList<>(Math.max(0, to - from));
        for (int i = from; i < to; i++) {
            page.add(record(byTime.place(i)));
        }
        return page;
    }

    synchronized void put(IndexRecord next) throws IOException {
        remove(next.name());
        byte[] payload = RecordCodec.encode(next);
        enter(next, log.append(payload), payload.length);
    }

    /** Makes {@code next} what is known of {@code name}, unless that is no longer {@code expected}. */
    synchronized boolean replace(FileName name, Optional<IndexRecord> expected, Optional<IndexRecord> next)
            throws IOException {
        if (!find(name).equals(expected)) {
            return false;
        }
        if (next.isPresent()) {
            put(next.get());
        } else {
            remove(name);
        }
        return true;
    }

    synchronized void remove(FileName name) throws IOException {
        int place = place(name);
        if (place != NameTable.NOWHERE) {
            ByteBuffer payload = log.read(place);
            live -= RecordLog.framedLength(payload.remaining());
            IndexRecord record = RecordCodec.decode(payload);
            byName.remove(hash(name), place);
            if (record.facts().isPresent()) {
                byTime.remove(record.stamp().modified(), name.value());
            }
        }
    }

    /** Removes what {@code isGone} says. */
    synchronized void removeIf(Predicate<FileName> isGone) throws IOException {
        List<FileName> gone = new ArrayList<>();
        for (int place : byName.places()) {
            FileName name = new FileName(nameAt(place));
            if (isGone.test(name)) {
                gone.add(name);
            }
        }
        for (FileName name : gone) {
            remove(name);
        }
    }

    /** Writes what is not yet written. */
    synchronized void flush() throws IOException {
        tidy();
        log.flush();
    }

    /** Writes the whole anew if too much of it is garbage, or stands where a listing would have to search for it. */
    synchronized void tidy() throws IOException {
        boolean wasteful = log.length() > 2 * live + TOLERATED_GARBAGE;
        boolean scattered = 2 * outOfOrder > byTime.size() + TOLERATED_DISORDER;
        if (writable && (wasteful || scattered)) {
            rewrite();
        }
    }

    /** Writes the index, and closes it; whoever still uses it finds nothing in it. */
    @Override
    public synchronized void close() throws IOException {
        try {
            flush();
        } finally {
            log.close();
            log = RecordLog.inMemory();
            byName.clear();
            byTime.clear();
        }
    }

    private void load() throws IOException {
        byName.clear();
        byTime.clear();
        live = 0;
        outOfOrder = 0;
        log = RecordLog.open(file, writable, disk);
        log.load(this::loadOne);
    }

    private void loadOne(int place, ByteBuffer payload) throws IOException {
        int length = payload.remaining();
        IndexRecord record = RecordCodec.decode(payload);
        remove(record.name());
        enter(record, place, length);
    }

    private void enter(IndexRecord record, int place, int length) {
        byName.add(hash(record.name()), place);
        live += RecordLog.framedLength(length);
        if (record.facts().isPresent()) {
            long time = record.stamp().modified();
            outOfOrder += time < byTime.newest() ? 1 : 0;
            byTime.add(time, record.name().value(), place);
        }
    }

    private void rewrite() throws IOException {
        AtomicFile.write(disk, file, this::writeInOrder);
        log.close();
        load();
    }

    private void writeInOrder(OutputStream out) throws IOException {
        RecordLog.writeHeader(out);
        for (int i = 0; i < byTime.size(); i++) {
            RecordLog.writeRecord(out, RecordCodec.encode(record(byTime.place(i))));
        }
        for (int place : byName.places()) {
            IndexRecord record = record(place);
            if (record.facts().isEmpty()) {
                RecordLog.writeRecord(out, RecordCodec.encode(record));
            }
        }
    }

    private int place(FileName name) {
        return byName.find(hash(name), place -> nameAt(place).equals(name.value()));
    }

    private IndexRecord record(int place) throws IOException {
        return RecordCodec.decode(log.read(place));
    }

    private String nameAt(int place) {
        try {
            return RecordCodec.decodeName(log.read(place));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private int hash(FileName name) {
        MessageDigest digest = Inspector.sha256();
        digest.update(hashKey);
        digest.update(name.value().getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest.digest()).getInt();
    }
}
