package org.maunode.sync;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.maunode.identity.Fingerprint;

/** The connections that are open and in use. Thread-safe. */
final class Links {
    private final Map<Fingerprint, Link> open = new ConcurrentHashMap<>();
    private final Consumer<Fingerprint> changed;

    /** @param changed hears whose connection came or went; must not block */
    Links(Consumer<Fingerprint> changed) {
        this.changed = changed;
    }

    void add(Link link) {
        open.put(link.peer(), link);
        changed.accept(link.peer());
    }

    void remove(Link link) {
        if (open.remove(link.peer(), link)) {
            changed.accept(link.peer());
        }
    }

    List<Link> all() {
        return List.copyOf(open.values());
    }
}
