package org.maunode.discovery.router;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.discovery.router.Description.Service;
import org.maunode.discovery.router.RouterException.Reason;
import org.maunode.discovery.router.Wires.Datagrams;
import org.maunode.discovery.router.Wires.Received;

/** Finds the services of the router that map ports. Answers of others, and those that lead elsewhere, are passed over. */
final class IgdSearch {
    /** Between two rounds of questions, which are lost now and then; routers answer within the second that MX gives them. */
    static final List<Duration> WAITS = List.of(Duration.ofMillis(500), Duration.ofMillis(1500));
    /** Answers that are looked at in one search. */
    static final int MAX_ANSWERS = 64;
    /** Descriptions that are fetched in one search. */
    static final int MAX_DESCRIPTIONS = 4;

    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.router");

    private final Wires wires;
    private final Gateway gateway;
    private final Set<Location> fetched = new HashSet<>();
    private int answers;

    IgdSearch(Wires wires, Gateway gateway) {
        this.wires = wires;
        this.gateway = gateway;
    }

    /** @throws RouterException with {@code SILENT} if the router did not answer as a gateway device */
    List<Service> services() {
        try (Datagrams group = wires.open(gateway, Ssdp.GROUP)) {
            for (Duration wait : WAITS) {
                Ssdp.TARGETS.forEach(target -> group.send(Ssdp.search(target)));
                Instant until = wires.now().plus(wait);
                Optional<List<Service>> services = services(group, until);
                if (services.isPresent()) {
                    return services.get();
                }
            }
        }
        throw new RouterException(
                Reason.SILENT, "no gateway device at " + gateway.router().getHostAddress());
    }

    private Optional<List<Service>> services(Datagrams group, Instant until) {
        Optional<Received> received = group.receive(until);
        while (received.isPresent()) {
            if (++answers > MAX_ANSWERS) {
                throw new RouterException(Reason.OVER_LIMIT, "over " + MAX_ANSWERS + " answers to a search");
            }
            Optional<List<Service>> services = services(received.get());
            if (services.isPresent()) {
                return services;
            }
            received = group.receive(until);
        }
        return Optional.empty();
    }

    private Optional<List<Service>> services(Received answer) {
        try {
            Location location = Ssdp.location(answer, gateway);
            return fetched.size() < MAX_DESCRIPTIONS && fetched.add(location)
                    ? Optional.of(describe(location))
                    : Optional.empty();
        } catch (RouterException useless) {
            if (useless.reason() == Reason.STOPPED) {
                throw useless;
            }
            LOG.log(Level.FINE, "{0}: {1}", new Object[] {answer.from(), useless.getMessage()});
            return Optional.empty();
        }
    }

    private List<Service> describe(Location location) {
        HttpReply reply = wires.call(location.address(), SoapRequest.get(location), XmlScanner.MAX_BYTES);
        if (reply.status() != HttpReply.OK) {
            throw new RouterException(Reason.MALFORMED, "no description but HTTP " + reply.status());
        }
        return Description.services(reply.body(), location);
    }
}
