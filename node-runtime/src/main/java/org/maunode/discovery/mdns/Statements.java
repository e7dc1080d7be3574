package org.maunode.discovery.mdns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.maunode.identity.Fingerprint;

/** Reads what an answer says of peers, in one pass: a packet may be made to be slow to read. */
final class Statements {
    private final Map<Fingerprint, Integer> pointers = new LinkedHashMap<>();
    private final Map<Fingerprint, Statement.Location> locations = new LinkedHashMap<>();
    private final Map<Name, List<InetAddress>> addresses = new HashMap<>();

    private Statements() {}

    /** At most {@link Limits#PEERS_IN_MESSAGE}, the first ones. */
    static List<Statement> in(Message answer) {
        Statements all = new Statements();
        answer.facts().forEach(all::take);
        return Stream.concat(all.locations.keySet().stream(), all.pointers.keySet().stream())
                .distinct()
                .limit(Limits.PEERS_IN_MESSAGE)
                .map(all::statement)
                .toList();
    }

    private void take(ResourceRecord fact) {
        switch (fact.data()) {
            case Rdata.Pointer(Name target)
            when fact.name().equals(ServiceName.SERVICE) ->
                ServiceName.peer(target).ifPresent(peer -> pointers.putIfAbsent(peer, fact.ttl()));
            case Rdata.Service service ->
                ServiceName.peer(fact.name()).ifPresent(peer -> locations.putIfAbsent(peer, location(fact, service)));
            case Rdata.Address(InetAddress address)
            when fact.ttl() > 0 ->
                addresses.computeIfAbsent(fact.name(), _ -> new ArrayList<>()).add(address);
            default -> {}
        }
    }

    private static Statement.Location location(ResourceRecord fact, Rdata.Service service) {
        return new Statement.Location(fact.ttl(), service.port(), service.target());
    }

    private Statement statement(Fingerprint peer) {
        OptionalInt pointer = pointers.containsKey(peer) ? OptionalInt.of(pointers.get(peer)) : OptionalInt.empty();
        Optional<Statement.Location> location = Optional.ofNullable(locations.get(peer));
        List<InetAddress> named =
                location.map(at -> addresses.getOrDefault(at.host(), List.of())).orElse(List.of());
        return new Statement(peer, pointer, location, named);
    }
}
