package org.maunode.tools.browse;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.maunode.store.StoredFile;

/** The newest posts of many, found by looking at each once; keeps their places and not their content. */
final class Newest {
    private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::time)
            .thenComparing(entry -> entry.file().owner())
            .thenComparing(entry -> entry.file().name());

    private final PriorityQueue<Entry> oldestFirst = new PriorityQueue<>(ORDER);
    private final int limit;

    private record Entry(Instant time, StoredFile file) {}

    /** @param limit how many to keep; 0 for all */
    Newest(int limit) {
        this.limit = limit;
    }

    void add(Post post) {
        oldestFirst.add(new Entry(post.time(), post.file()));
        if (limit > 0 && oldestFirst.size() > limit) {
            oldestFirst.remove();
        }
    }

    /** Oldest first. */
    List<StoredFile> files() {
        return oldestFirst.stream().sorted(ORDER).map(Entry::file).toList();
    }
}
