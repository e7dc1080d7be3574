package org.maunode.ble.dbus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Who has which well-known name now, of the names that somebody here watches. For one thread. */
final class Owners {
    /** What it takes to watch: begins to, and tells of the owner, at once and whenever it is another. */
    interface Daemon {
        Subscription begin(String name, Consumer<Optional<String>> owner);
    }

    private final Daemon daemon;
    private final Map<String, Watched> names = new HashMap<>();

    Owners(Daemon daemon) {
        this.daemon = daemon;
    }

    /** One name, and who wants to know. */
    private final class Watched {
        private final List<Consumer<Optional<String>>> watchers = new ArrayList<>();
        private Subscription watch = () -> {};
        private Optional<String> owner = Optional.empty();
        private boolean known;

        private void is(Optional<String> now) {
            boolean same = known && owner.equals(now);
            known = true;
            owner = now;
            if (!same) {
                List.copyOf(watchers).forEach(watcher -> watcher.accept(now));
            }
        }
    }

    Optional<String> owner(String name) {
        return Optional.ofNullable(names.get(name)).flatMap(watched -> watched.owner);
    }

    void add(String name, Consumer<Optional<String>> watcher) {
        Watched watched = names.get(name);
        if (watched == null) {
            begin(name, watcher);
            return;
        }
        watched.watchers.add(watcher);
        if (watched.known) {
            watcher.accept(watched.owner);
        }
    }

    private void begin(String name, Consumer<Optional<String>> watcher) {
        Watched watched = new Watched();
        watched.watchers.add(watcher);
        names.put(name, watched);
        watched.watch = daemon.begin(name, watched::is);
    }

    void remove(String name, Consumer<Optional<String>> watcher) {
        Watched watched = names.get(name);
        if (watched != null && watched.watchers.remove(watcher) && watched.watchers.isEmpty()) {
            names.remove(name);
            watched.watch.close();
        }
    }
}
