package org.maunode.discovery.router;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.maunode.discovery.net.AddressScope;
import org.maunode.discovery.router.MappingClient.Grant;
import org.maunode.discovery.router.RouterException.Reason;
import org.maunode.discovery.router.Wires.Event;

/**
 * Gets a mapping and keeps it, until it is stopped. All waiting and all time are its {@link Wires}'.
 *
 * <pre>
 *              granted                       due, or doubted by an announcement
 *  searching ──────────► holding ──────────► renewing ──┐
 *   ▲  ▲   │               ▲ │  ▲                       │
 *   │  │   │ nobody grants │ │  └── granted ────────────┤
 *   │  │   ▼               │ │                          │ refused or silent
 *   │  └─ resting          │ └── over: lost ──┐         ▼
 *   │     due, changed     └──────────────────│── renewing later
 *   └───────────── network changed ◄──────────┘
 *  any ── stopped ──► the mapping is given back
 * </pre>
 */
final class Keeper {
    /** For so long a network that changes must be quiet before it is asked anything. */
    static final Duration QUIET = Duration.ofSeconds(2);
    /** But after so long it is asked however it flaps. */
    static final Duration LONGEST_SETTLING = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.router");

    private final MappingPlan plan;
    private final Wires wires;
    private final RandomGenerator random;
    private final Teller teller;
    private Optional<MappingClient> asked = Optional.empty();

    /** A mapping, by whom it was asked for, and for how long. */
    private record Held(MappingClient client, Grant grant, Lease lease) {
        Held with(Lease other) {
            return new Held(client, grant, other);
        }

        boolean isDoubtedBy(Announcement announcement, Instant now) {
            return client.epoch()
                    .filter(last -> announcement.isDoubtOf(grant.address(), last, now))
                    .isPresent();
        }
    }

    Keeper(MappingPlan plan, Wires wires, Consumer<RouterState> listener, RandomGenerator random) {
        this.plan = plan;
        this.wires = wires;
        this.random = random;
        this.teller = new Teller(plan.port(), listener);
    }

    /** Returns when the wires are stopped; what is to be given back is the caller's to do. */
    void run() {
        try {
            int failures = 0;
            for (; ; ) {
                failures = round(failures);
            }
        } catch (RouterException stopped) {
            if (stopped.reason() != Reason.STOPPED) {
                throw stopped;
            }
        }
    }

    /** Gives back what there may be at the router. */
    void giveBack() {
        try {
            asked.ifPresent(MappingClient::unmap);
        } catch (RouterException unheard) {
            LOG.log(Level.FINE, "the router did not confirm the end of the mapping: {0}", unheard.getMessage());
        }
    }

    /** One search and what follows of it; the number of searches without success so far. */
    private int round(int failures) {
        if (isKept()) {
            return 0;
        }
        asked = Optional.empty();
        Event event = wires.await(wires.now().plus(Retries.after(failures + 1, random)));
        if (event instanceof Event.Changed) {
            settle();
            return 0;
        }
        return failures + 1;
    }

    /** Whether there was a mapping, and no reason to leave the router alone for a while. */
    private boolean isKept() {
        try {
            return search().filter(this::isHeld).isPresent();
        } catch (RouterException stopped) {
            throw stopped;
        } catch (RuntimeException defect) {
            LOG.log(Level.SEVERE, "asking the router met a defect", defect);
            return false;
        }
    }

    private Optional<Held> search() {
        teller.tellSearching();
        wires.listen(Optional.empty());
        Optional<Gateway> gateway = wires.gateway().filter(Gateway::isAtHome);
        Optional<String> refusal = Optional.empty();
        for (MappingProtocol protocol : plan.protocols()) {
            if (gateway.isPresent()) {
                try {
                    return Optional.of(held(protocol, gateway.get()));
                } catch (RouterException failed) {
                    Optional<String> reason = refusal(protocol, failed);
                    refusal = refusal.or(() -> reason);
                }
            }
        }
        teller.tell(refusal.<RouterState>map(RouterState.Refused::new).orElseGet(RouterState.None::new));
        return Optional.empty();
    }

    /** What to say of a failure: only of a router that answered, since of others nothing is known. */
    private static Optional<String> refusal(MappingProtocol protocol, RouterException failed) {
        if (failed.reason() == Reason.STOPPED) {
            throw failed;
        }
        LOG.log(Level.FINE, "{0}: {1}", new Object[] {protocol, failed.getMessage()});
        return failed.reason().isAnswer() ? Optional.of(protocol + ": " + failed.getMessage()) : Optional.empty();
    }

    private Held held(MappingProtocol protocol, Gateway gateway) {
        MappingClient client = plan.client(protocol, wires, gateway, random);
        asked = Optional.of(client);
        Held held = held(client);
        wires.listen(client.epoch().map(_ -> gateway));
        return held;
    }

    private Held held(MappingClient client) {
        Grant grant = client.map(plan.lease());
        Lease lease = lease(grant);
        boolean isPublic = AddressScope.of(grant.address()) == AddressScope.GLOBAL;
        teller.tell(
                isPublic
                        ? new RouterState.Mapped(grant.external(), client.protocol(), grant.lease())
                        : new RouterState.DoubleNat(grant.external(), client.protocol(), grant.lease()));
        return new Held(client, grant, lease);
    }

    /** The lease of a mapping that is of use; another one is given back. */
    private Lease lease(Grant grant) {
        try {
            Grants.requireUsable(grant.address(), grant.port());
            return Lease.granted(wires.now(), grant.lease(), random);
        } catch (RouterException useless) {
            giveBack();
            throw useless;
        }
    }

    /** Holds until the network is another, or the mapping is lost; false if that was so soon that it was not worth much. */
    private boolean isHeld(Held first) {
        Instant begun = wires.now();
        Held held = first;
        while (!held.lease.isOver(wires.now())) {
            switch (wires.await(earlier(held.lease.renewAt(), held.lease.end()))) {
                case Event.Due _ -> held = renewed(held);
                case Event.Announced announced -> held = heard(held, announced.datagram());
                case Event.Changed _ -> {
                    settle();
                    return true;
                }
            }
        }
        teller.tellLost();
        return !wires.now().isBefore(begun.plus(Retries.FIRST));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private Held renewed(Held held) {
        try {
            return held(held.client);
        } catch (RouterException failed) {
            if (failed.reason() == Reason.STOPPED) {
                throw failed;
            }
            LOG.log(Level.FINE, "not renewed by {0}: {1}", new Object[] {held.client.protocol(), failed.getMessage()});
            return held.with(held.lease.failed(wires.now()));
        }
    }

    private Held heard(Held held, byte[] announcement) {
        try {
            Instant now = wires.now();
            return held.isDoubtedBy(Announcement.parse(announcement), now)
                    ? held.with(held.lease.doubted(now, random))
                    : held;
        } catch (RouterException strange) {
            LOG.log(Level.FINE, "announcement passed over: {0}", strange.getMessage());
            return held;
        }
    }

    /** Waits until the network is quiet. */
    private void settle() {
        Instant latest = wires.now().plus(LONGEST_SETTLING);
        Event event;
        do {
            event = wires.await(earlier(wires.now().plus(QUIET), latest));
        } while (!(event instanceof Event.Due) && wires.now().isBefore(latest));
    }
}
