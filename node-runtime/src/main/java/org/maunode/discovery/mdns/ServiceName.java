package org.maunode.discovery.mdns;

import java.util.List;
import java.util.Optional;
import org.maunode.identity.Fingerprint;

/** The names under which peers are found (specification, "Discovery"; RFC 6763, 4). */
final class ServiceName {
    static final Name LOCAL = Name.of("local");
    static final Name SERVICE = Name.of("_mau._tcp.local");

    /** What is asked to learn which kinds of services there are (RFC 6763, 9). */
    static final Name ALL_SERVICES = Name.of("_services._dns-sd._udp.local");

    private static final int HOST_DIGITS = 12;

    private ServiceName() {}

    /** {@code <fingerprint>._mau._tcp.local.}, in lower case: the Go peer compares bytes. */
    static Name of(Fingerprint peer) {
        return SERVICE.child(peer.toString());
    }

    /** A host's name that is nobody else's, so that the machine's own mDNS need not be asked for its name. */
    static Name hostOf(Fingerprint peer) {
        return LOCAL.child("mau-" + peer.toString().substring(0, HOST_DIGITS));
    }

    /** Whose instance of the service this is, in any case; empty if it is none. */
    static Optional<Fingerprint> peer(Name instance) {
        List<String> labels = instance.labels();
        if (labels.isEmpty() || !Fingerprint.isWellFormed(labels.getFirst())) {
            return Optional.empty();
        }
        return instance.parent().equals(SERVICE) ? Optional.of(Fingerprint.of(labels.getFirst())) : Optional.empty();
    }
}
