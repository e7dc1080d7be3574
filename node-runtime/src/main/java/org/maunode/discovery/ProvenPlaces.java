package org.maunode.discovery;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.store.AtomicFile;
import org.maunode.store.ProcessLock;
import org.maunode.store.StoreException;

/**
 * Where peers proved themselves the last time: one small JSON array in a file, the longest untold first, at most
 * {@value #MAX_PEERS} of them. It is written when a place is new, else once a day; what another process writes is kept.
 * Thread-safe.
 */
public final class ProvenPlaces implements Resolver, Trail {
    /** As candidates say how they were found. */
    public static final String NAME = "proven";

    static final int MAX_PEERS = 1000;
    static final Duration REST = Duration.ofDays(1);

    private static final Logger LOG = Logger.getLogger("org.maunode.discovery");
    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern HOW = Pattern.compile("[a-z0-9-]{1,32}");

    private final Path file;
    private final InstantSource clock;
    private final Map<Fingerprint, Place> fresh = new LinkedHashMap<>();

    /**
     * Where a peer proved itself.
     *
     * @param how the name of the resolver that found it
     * @param when to the second, by this machine's clock
     */
    public record Place(Contact contact, String how, Instant when) {
        public Place {
            Objects.requireNonNull(contact);
            Objects.requireNonNull(when);
            if (!HOW.matcher(how).matches()) {
                throw new IllegalArgumentException("not the name of a resolver");
            }
        }

        private boolean isWhere(Place other) {
            return contact.equals(other.contact);
        }

        private Place foundBy(String other) {
            return new Place(contact, other, when);
        }

        private JsonObject json() {
            return new JsonObject()
                    .add("peer", contact.fingerprint().toString())
                    .add("address", HostAndPort.format(contact.address()))
                    .add("how", how)
                    .add("when", when.toString());
        }

        private static Place parse(JsonValue value) {
            JsonObject json = value.asObject();
            Contact contact = new Contact(
                    Fingerprint.of(json.getString("peer", "")), HostAndPort.parse(json.getString("address", "")));
            return new Place(contact, json.getString("how", ""), Instant.parse(json.getString("when", "")));
        }
    }

    /** @param file made when the first peer proves itself; its directory exists */
    public ProvenPlaces(Path file, InstantSource clock) {
        this.file = Objects.requireNonNull(file);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void resolve(Fingerprint peer, Consumer<InetSocketAddress> found) {
        Optional.ofNullable(known().get(peer))
                .ifPresent(place -> found.accept(place.contact().address()));
    }

    /** All that is known, one place a peer, the longest untold first. */
    public List<Place> places() {
        return List.copyOf(known().values());
    }

    /** What the file says, and what this process has learnt since. */
    private synchronized Map<Fingerprint, Place> known() {
        Map<Fingerprint, Place> all = read();
        fresh.forEach((peer, place) -> {
            Place written = all.get(peer);
            if (written == null || !place.when().isBefore(written.when())) {
                put(all, place);
            }
        });
        return all;
    }

    /** Remembers the place, unless it is a radio's: those move about. A disk that fails is told and stands in nobody's way. */
    @Override
    public void proved(Fingerprint peer, Candidate candidate, Duration took) {
        if (!HostAndPort.isBle(candidate.address().getHostString())) {
            remember(peer, candidate);
        }
    }

    private synchronized void remember(Fingerprint peer, Candidate candidate) {
        Optional<Place> before = Optional.ofNullable(known().get(peer));
        Place here = place(peer, candidate, before);
        put(fresh, here);
        Optional<Place> written = Optional.ofNullable(read().get(peer));
        if (written.filter(place -> place.isWhere(here) && isRecent(place, here))
                .isEmpty()) {
            write(here);
        }
    }

    /** Who was sought where it was proved before was found by what had led there. */
    private Place place(Fingerprint peer, Candidate candidate, Optional<Place> before) {
        InetSocketAddress where = InetSocketAddress.createUnresolved(
                candidate.address().getHostString(), candidate.address().getPort());
        Place here = new Place(
                new Contact(peer, where), candidate.how(), clock.instant().truncatedTo(ChronoUnit.SECONDS));
        return before.filter(_ -> candidate.how().equals(NAME))
                .map(place -> here.foundBy(place.how()))
                .orElse(here);
    }

    /** Also a clock that was set back makes a time that is far away. */
    private static boolean isRecent(Place written, Place here) {
        return Duration.between(written.when(), here.when()).abs().compareTo(REST) < 0;
    }

    private static void put(Map<Fingerprint, Place> places, Place place) {
        places.remove(place.contact().fingerprint());
        places.put(place.contact().fingerprint(), place);
        if (places.size() > MAX_PEERS) {
            places.remove(places.keySet().iterator().next());
        }
    }

    private void write(Place place) {
        try (ProcessLock _ = ProcessLock.tryHold(file.resolveSibling("places.lock"))
                .orElseThrow(() -> new IOException("another process writes it"))) {
            Map<Fingerprint, Place> all = read();
            put(all, place);
            JsonArray json = new JsonArray();
            all.values().forEach(one -> json.add(one.json()));
            AtomicFile.write(file, out -> out.write((json + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | StoreException failed) {
            LOG.log(Level.WARNING, "{0} is not written this time: {1}", new Object[] {file, failed.getMessage()});
        }
    }

    private Map<Fingerprint, Place> read() {
        Map<Fingerprint, Place> all = new LinkedHashMap<>();
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("is larger than " + MAX_BYTES + " bytes");
            }
            Json.parse(Files.readString(file)).asArray().forEach(value -> parsed(value)
                    .ifPresent(place -> put(all, place)));
        } catch (NoSuchFileException | ClosedByInterruptException none) {
            // Whoever was interrupted wants no answer any more, and cannot write either.
            LOG.log(Level.FINEST, "{0} is not read: {1}", new Object[] {file, none});
        } catch (IOException | ParseException | UnsupportedOperationException broken) {
            LOG.log(Level.WARNING, "{0} is unreadable and passed over: {1}", new Object[] {file, broken.getMessage()});
        }
        return all;
    }

    private Optional<Place> parsed(JsonValue value) {
        try {
            return Optional.of(Place.parse(value));
        } catch (IllegalArgumentException | DateTimeException | UnsupportedOperationException broken) {
            LOG.log(Level.WARNING, "an entry of {0} is passed over: {1}", new Object[] {file, broken.getMessage()});
            return Optional.empty();
        }
    }
}
