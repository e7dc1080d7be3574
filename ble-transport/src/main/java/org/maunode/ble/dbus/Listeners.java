package org.maunode.ble.dbus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Who hears which signals, and the rules on the bus that let them come: one for all who want the same. For one thread. */
final class Listeners {
    private static final Logger LOG = Logger.getLogger("org.maunode.ble.dbus");

    /** What listeners need of the bus. */
    interface Daemon {
        /** Calls {@code AddMatch} or {@code RemoveMatch}. */
        void rule(String member, String rule);

        /** The unique name behind a name, if anybody has it. */
        Optional<String> owner(String name);
    }

    /** One who listens; each is its own, however equal. */
    static final class Listener {
        private final Match match;
        private final Consumer<Message> heard;

        Listener(Match match, Consumer<Message> heard) {
            this.match = match;
            this.heard = heard;
        }

        Match match() {
            return match;
        }
    }

    private final Daemon daemon;
    private final List<Listener> listeners = new ArrayList<>();
    private final Map<String, Integer> rules = new HashMap<>();

    Listeners(Daemon daemon) {
        this.daemon = daemon;
    }

    void add(Listener listener) {
        listeners.add(listener);
        if (rules.merge(listener.match.rule(), 1, Integer::sum) == 1) {
            daemon.rule("AddMatch", listener.match.rule());
        }
    }

    /** Whether it was there. */
    boolean remove(Listener listener) {
        if (!listeners.remove(listener)) {
            return false;
        }
        if (rules.merge(listener.match.rule(), -1, Integer::sum) == 0) {
            rules.remove(listener.match.rule());
            daemon.rule("RemoveMatch", listener.match.rule());
        }
        return true;
    }

    /** Anybody may send us a signal unasked: it is heard only if it comes from whom the match names. */
    void signal(Message signal) {
        for (Listener each : List.copyOf(listeners)) {
            if (each.match.covers(signal) && isFrom(each.match.sender(), signal)) {
                tell(each, signal);
            }
        }
    }

    private boolean isFrom(String name, Message message) {
        return message.sender().equals(name)
                || daemon.owner(name).filter(message.sender()::equals).isPresent();
    }

    private static void tell(Listener listener, Message signal) {
        try {
            listener.heard.accept(signal);
        } catch (RuntimeException mistake) {
            LOG.log(Level.WARNING, "dbus.listener of " + listener.match.rule(), mistake);
        }
    }
}
