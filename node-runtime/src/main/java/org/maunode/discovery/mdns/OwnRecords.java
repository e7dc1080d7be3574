package org.maunode.discovery.mdns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.maunode.discovery.mdns.ResourceRecord.Ownership;
import org.maunode.discovery.net.Link;
import org.maunode.discovery.net.LinkAddress;

/**
 * What this peer states on one link, in the order in which it always stands: PTR, SRV, TXT, A, AAAA. The Go peer loses an
 * address that comes before the SRV, and asks without end if there is no TXT.
 *
 * @param peer empty for a hidden peer, which states nothing
 * @param kinds the record that tells of the kind of service; others state the same
 */
record OwnRecords(List<ResourceRecord> peer, List<ResourceRecord> kinds) {
    static final OwnRecords NONE = new OwnRecords(List.of(), List.of());

    /** "No attributes" (RFC 6763, 6.1). */
    private static final String EMPTY_TEXT = "\0";

    private static final int PRIORITY = 0;
    private static final int WEIGHT = 0;
    private static final int NSEC_WINDOW = 0;

    OwnRecords {
        peer = List.copyOf(peer);
        kinds = List.copyOf(kinds);
    }

    static OwnRecords of(Presence presence, Link link) {
        return switch (presence) {
            case Presence.Announced announced -> of(announced, link);
            case Presence.Hidden _ -> NONE;
        };
    }

    private static OwnRecords of(Presence.Announced announced, Link link) {
        Name instance = ServiceName.of(announced.self());
        Name host = ServiceName.hostOf(announced.self());
        Rdata.Service service = new Rdata.Service(PRIORITY, WEIGHT, announced.port(), host);
        List<ResourceRecord> peer = new ArrayList<>();
        peer.add(shared(ServiceName.SERVICE, new Rdata.Pointer(instance)));
        peer.add(new ResourceRecord(instance, Ownership.UNIQUE, Limits.HOST_TTL, service));
        Rdata.Opaque text = new Rdata.Opaque(RecordType.TXT, EMPTY_TEXT);
        peer.add(new ResourceRecord(instance, Ownership.UNIQUE, Limits.SHARED_TTL, text));
        addresses(link)
                .map(address -> new ResourceRecord(host, Ownership.UNIQUE, Limits.HOST_TTL, address))
                .forEach(peer::add);
        return new OwnRecords(peer, List.of(shared(ServiceName.ALL_SERVICES, new Rdata.Pointer(ServiceName.SERVICE))));
    }

    private static ResourceRecord shared(Name name, Rdata data) {
        return new ResourceRecord(name, Ownership.SHARED, Limits.SHARED_TTL, data);
    }

    private static Stream<Rdata> addresses(Link link) {
        return Stream.of(Family.values())
                .flatMap(family -> link.addresses().stream()
                        .map(LinkAddress::address)
                        .filter(address -> Family.of(address) == family))
                .limit(Limits.OWN_ADDRESSES)
                .map(Rdata.Address::new);
    }

    /** All that are about this peer and nobody else. */
    List<ResourceRecord> unique() {
        return peer.stream()
                .filter(each -> each.ownership() == Ownership.UNIQUE)
                .toList();
    }

    List<ResourceRecord> all() {
        return Stream.concat(peer.stream(), kinds.stream()).toList();
    }

    /** The answer to a question, in order; empty if it is about others. */
    List<ResourceRecord> answers(Question question) {
        List<ResourceRecord> answers =
                all().stream().filter(question::isAnsweredBy).toList();
        return answers.isEmpty() ? absence(question.name()) : answers;
    }

    /** A name that is ours alone has what it has and nothing else: that is said too (RFC 6762, 6.1). */
    private List<ResourceRecord> absence(Name name) {
        Set<Integer> types = new TreeSet<>();
        unique().stream().filter(each -> each.name().equals(name)).forEach(each -> types.add(each.type()));
        return types.isEmpty()
                ? List.of()
                : List.of(new ResourceRecord(name, Ownership.UNIQUE, Limits.HOST_TTL, onlyTypes(name, types)));
    }

    /** NSEC (RFC 4034, 4.1), with one window of bits: all our types are below 256. */
    private static Rdata onlyTypes(Name name, Set<Integer> types) {
        byte[] bits = new byte
                [types.stream().mapToInt(type -> type / Byte.SIZE + 1).max().orElseThrow()];
        types.forEach(type -> bits[type / Byte.SIZE] |= (byte) (0x80 >> type % Byte.SIZE));
        StringBuilder data = new StringBuilder();
        name.labels().forEach(label -> data.append((char) label.length()).append(label));
        data.append('\0').append((char) NSEC_WINDOW).append((char) bits.length);
        return new Rdata.Opaque(RecordType.NSEC, data + new String(bits, StandardCharsets.ISO_8859_1));
    }

    /** What whoever gets {@code answers} will want next, in order (RFC 6763, 12). */
    List<ResourceRecord> additionals(List<ResourceRecord> answers) {
        Set<Integer> wanted = new TreeSet<>();
        answers.forEach(answer -> wanted.addAll(wantedAfter(answer)));
        return peer.stream()
                .filter(each -> wanted.contains(each.type()) && !answers.contains(each))
                .toList();
    }

    private static Set<Integer> wantedAfter(ResourceRecord answer) {
        return switch (answer.type()) {
            case RecordType.PTR ->
                answer.name().equals(ServiceName.SERVICE)
                        ? Set.of(RecordType.SRV, RecordType.TXT, RecordType.A, RecordType.AAAA)
                        : Set.of();
            case RecordType.SRV, RecordType.A, RecordType.AAAA -> Set.of(RecordType.A, RecordType.AAAA);
            default -> Set.of();
        };
    }

    /** These in the order that this class keeps; what is not its own comes last. */
    List<ResourceRecord> inOrder(List<ResourceRecord> records) {
        List<ResourceRecord> ordered = new ArrayList<>(all());
        ordered.retainAll(records);
        records.stream().filter(each -> !ordered.contains(each)).forEach(ordered::add);
        return ordered;
    }
}
