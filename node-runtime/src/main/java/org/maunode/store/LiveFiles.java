package org.maunode.store;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.maunode.identity.FileName;

/**
 * The files of one directory that are shown before they are written, laid over the index. Each lies over the file on the
 * disk that it will replace; if another program replaces that one first, what it wrote counts, and this is forgotten.
 *
 * <pre>
 *            ┌─────────────────── shown anew ◄─────────────┐
 *            ▼                                             │
 * written ──shown──► due ──► being written ──► written     │ (goes on over what was just written)
 *            │                     └───────────────────────┘
 *            └── the file under it changed ──► forgotten
 * </pre>
 *
 * Thread-safe: one lock, held over reads of the index only.
 */
final class LiveFiles {
    /** Files that may be shown at once before they are written; beyond them files are written at once. */
    static final int MOST = 256;

    /** A larger one is written at once. */
    static final int MOST_BYTES = 32 * 1024;

    private static final Comparator<Seen> ORDER = Comparator.comparingLong(
                    (Seen seen) -> seen.record().stamp().modified())
            .thenComparing(seen -> seen.record().name().value());

    private final DirectoryIndex index;
    private final Map<FileName, Live> shown = new HashMap<>();
    private final Map<FileName, Long> writtenAt = new HashMap<>();
    private final Set<FileName> beingWritten = new HashSet<>();

    /** What a listing shows: a file on the disk, or one with its bytes. */
    record Seen(IndexRecord record, Optional<Unwritten> content) {}

    /**
     * One file.
     *
     * @param under the stamp of the file on the disk that it replaces
     * @param every how long one write is to be behind the one before
     */
    record Live(IndexRecord record, Unwritten content, Stamp under, Retention retention, Duration every) {
        FileName name() {
            return record.name();
        }

        Seen seen() {
            return new Seen(record, Optional.of(content));
        }

        Live over(Stamp other) {
            return new Live(record, content, other, retention, every);
        }
    }

    LiveFiles(DirectoryIndex index) {
        this.index = index;
    }

    /** The file under {@code name} that is not written yet. */
    synchronized Optional<Live> find(FileName name) throws IOException {
        Live live = shown.get(name);
        if (live == null || holds(live)) {
            return Optional.ofNullable(live);
        }
        shown.remove(name);
        return Optional.empty();
    }

    private boolean holds(Live live) throws IOException {
        return beingWritten.contains(live.name())
                || index.find(live.name())
                        .filter(disk -> disk.stamp().equals(live.under()))
                        .isPresent();
    }

    /** Up to {@code max} messages behind {@code after}, in order, those on the disk and those that are not there yet. */
    synchronized List<Seen> list(Position after, int max) throws IOException {
        List<Live> unwritten = all();
        Stream<Seen> written = index.list(after, max + unwritten.size()).stream()
                .filter(record -> !shown.containsKey(record.name()))
                .map(record -> new Seen(record, Optional.empty()));
        Stream<Seen> over = unwritten.stream()
                .filter(live -> isBehind(live.record(), after))
                .map(Live::seen);
        return Stream.concat(written, over).sorted(ORDER).limit(max).toList();
    }

    private List<Live> all() throws IOException {
        List<Live> all = new ArrayList<>();
        for (FileName name : List.copyOf(shown.keySet())) {
            find(name).ifPresent(all::add);
        }
        return all;
    }

    private static boolean isBehind(IndexRecord record, Position after) {
        long time = Nanos.of(after.modified());
        long own = record.stamp().modified();
        return own != time ? own > time : record.name().value().compareTo(after.name()) > 0;
    }

    /** Shows {@code next} from now on. */
    synchronized void show(Live next) {
        shown.put(next.name(), next);
    }

    /** Whether one more of this name may be shown without being written, by {@code nanos} of a clock that never jumps. */
    synchronized boolean hasTime(FileName name, Duration every, long nanos) {
        Long last = writtenAt.get(name);
        return last != null && (shown.containsKey(name) || nanos - last < every.toNanos());
    }

    /** A file was written at once. */
    synchronized void written(FileName name, long nanos) {
        shown.remove(name);
        if (writtenAt.size() < MOST || writtenAt.containsKey(name)) {
            writtenAt.put(name, nanos);
        }
    }

    /** A file is about to be written. What is shown of it holds until {@link #done}. */
    synchronized void writing(FileName name) {
        beingWritten.add(name);
    }

    /** A file is on the disk. What was shown since lies over it now. */
    synchronized void written(Live file, Stamp now) {
        shown.computeIfPresent(file.name(), (_, current) -> current.equals(file) ? null : current.over(now));
    }

    /** The writing ended, whether or not the file is on the disk. */
    synchronized void done(Live file, long nanos) {
        beingWritten.remove(file.name());
        writtenAt.put(file.name(), nanos);
    }

    /** Forgets what somebody else's file has taken the place of, but not what was shown over that one. */
    synchronized void forget(Live outdated) {
        shown.computeIfPresent(
                outdated.name(), (_, current) -> current.under().equals(outdated.under()) ? null : current);
    }

    /** What is to be written by {@code nanos}, the longest due first. */
    synchronized List<Live> due(long nanos) {
        return shown.values().stream()
                .filter(live -> wait(live, nanos) <= 0)
                .sorted(Comparator.comparingLong(live -> wait(live, nanos)))
                .toList();
    }

    /** What is not written yet, in no order. */
    synchronized List<Live> everything() {
        return List.copyOf(shown.values());
    }

    /** Nanoseconds until something is due; empty if nothing waits. */
    synchronized OptionalLong untilDue(long nanos) {
        return shown.values().stream().mapToLong(live -> wait(live, nanos)).min();
    }

    private long wait(Live live, long nanos) {
        return writtenAt.getOrDefault(live.name(), nanos) + live.every().toNanos() - nanos;
    }
}
