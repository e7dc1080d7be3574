package org.maunode.discovery.mdns;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.maunode.discovery.net.Link;
import org.maunode.discovery.net.Links;

/** The stations of this machine: one for each segment of each link that is used, as links come and go. */
final class Stations implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.mdns");

    /** Where a link is there and its socket cannot be opened, that is tried again after this. */
    private static final long RETRY = TimeUnit.SECONDS.toNanos(5);

    private final Neighbourhood neighbourhood;
    private final Predicate<Link> used;
    private final Selector selector;
    private final Map<Segment, Station> stations = new HashMap<>();
    private Links links = Links.NONE;
    private long retryAt = Long.MAX_VALUE;

    Stations(Neighbourhood neighbourhood, Predicate<Link> used, Selector selector) {
        this.neighbourhood = neighbourhood;
        this.used = used;
        this.selector = selector;
    }

    /** Opens what is new, closes what is gone, tells of what changed. */
    void follow(Links changed, long now) {
        links = changed;
        retryAt = Long.MAX_VALUE;
        Map<Segment, Link> wanted = wanted();
        Set<Segment> gone = new HashSet<>(stations.keySet());
        gone.removeAll(wanted.keySet());
        gone.forEach(this::leave);
        wanted.forEach((segment, link) -> {
            if (stations.containsKey(segment)) {
                neighbourhood.change(segment, link, now);
            } else {
                join(segment, link, now);
            }
        });
    }

    /** Whether this machine is on no network that is used. */
    boolean isEmpty() {
        return stations.isEmpty();
    }

    private Map<Segment, Link> wanted() {
        List<Link> chosen = links.all().stream()
                .filter(used)
                .filter(link -> !link.addresses().isEmpty())
                .limit(Limits.LINKS)
                .toList();
        return chosen.stream()
                .flatMap(link -> Arrays.stream(Family.values())
                        .filter(family -> family.isSpokenOn(link))
                        .map(family -> Map.entry(new Segment(link.index(), family), link)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void join(Segment segment, Link link, long now) {
        try {
            stations.put(segment, Station.open(segment, selector));
            neighbourhood.join(segment, link, now);
            LOG.log(Level.FINE, "joined {0} {1}", new Object[] {link.name(), segment.family()});
        } catch (IOException | UnsupportedOperationException failed) {
            LOG.log(Level.INFO, "no mDNS on {0} ({1}) for now: {2}", new Object[] {
                link.name(), segment.family(), failed.getMessage()
            });
            retryAt = now + RETRY;
        }
    }

    private void leave(Segment segment) {
        neighbourhood.leave(segment);
        stations.remove(segment).close();
        LOG.log(Level.FINE, "left {0}", segment);
    }

    /** When {@link #tick} has something to do; never is {@link Long#MAX_VALUE}. */
    long due() {
        return retryAt;
    }

    void tick(long now) {
        if (retryAt <= now) {
            follow(links, now);
        }
    }

    void send(Outgoing outgoing) {
        stations.get(outgoing.segment()).send(outgoing);
    }

    @Override
    public void close() {
        stations.values().forEach(Station::close);
    }
}
