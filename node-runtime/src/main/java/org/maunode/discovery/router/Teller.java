package org.maunode.discovery.router;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells the listener and the log what is new, once. Used by one thread. */
final class Teller {
    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.router");

    private final int port;
    private final Consumer<RouterState> listener;
    private Optional<RouterState> told = Optional.empty();

    Teller(int port, Consumer<RouterState> listener) {
        this.port = port;
        this.listener = listener;
    }

    /** A search has begun: news only for whoever knows nothing yet, or knows of a mapping that is gone. */
    void tellSearching() {
        if (told.isEmpty()) {
            tell(new RouterState.Searching());
        }
    }

    void tellLost() {
        LOG.log(Level.INFO, "the router no longer forwards port {0,number,#}: it did not renew that in time", port);
        say(new RouterState.Searching());
    }

    void tell(RouterState state) {
        if (told.filter(last -> isSame(last, state)).isEmpty()) {
            log(state);
            say(state);
        }
    }

    /** A lease of another length is no news. */
    private static boolean isSame(RouterState one, RouterState other) {
        return switch (one) {
            case RouterState.Mapped mapped ->
                other instanceof RouterState.Mapped now
                        && mapped.external().equals(now.external())
                        && mapped.by() == now.by();
            case RouterState.DoubleNat mapped ->
                other instanceof RouterState.DoubleNat now
                        && mapped.external().equals(now.external())
                        && mapped.by() == now.by();
            default -> one.equals(other);
        };
    }

    private void log(RouterState state) {
        switch (state) {
            case RouterState.Mapped(var external, var by, var lease) ->
                LOG.log(
                        Level.INFO,
                        "the router forwards {0} to port {1,number,#}, asked by {2}, for {3,number,#} s at a time",
                        new Object[] {text(external), port, by, lease.toSeconds()});
            case RouterState.DoubleNat(var external, var by, var _) ->
                LOG.log(
                        Level.INFO,
                        "the router forwards {0} to port {1,number,#}, asked by {2}, but stands behind another router:"
                                + " not reachable from the internet",
                        new Object[] {text(external), port, by});
            case RouterState.Refused(var reason) ->
                LOG.log(Level.INFO, "the router does not forward port {0,number,#}: {1}", new Object[] {port, reason});
            case RouterState.Searching() -> {}
            case RouterState.None() ->
                LOG.log(isMapped() ? Level.INFO : Level.FINE, "no router forwards port {0,number,#}", port);
        }
    }

    private boolean isMapped() {
        return told.filter(last -> last instanceof RouterState.Mapped || last instanceof RouterState.DoubleNat)
                .isPresent();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** A listener that throws does not end the mapping. */
    private void say(RouterState state) {
        told = Optional.of(state);
        try {
            listener.accept(state);
        } catch (RuntimeException defect) {
            LOG.log(Level.SEVERE, "a listener of the router met a defect", defect);
        }
    }
}
