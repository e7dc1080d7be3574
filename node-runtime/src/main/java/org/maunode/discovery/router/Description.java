package org.maunode.discovery.router;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maunode.discovery.router.RouterException.Reason;

/** What a gateway device says of itself (UPnP Device Architecture 1.1, 2.3), as far as it concerns ports. */
final class Description implements XmlScanner.Handler {
    /** Services that map ports, the best first (Internet Gateway Device 2.0 and 1.0). */
    static final List<String> TYPES = List.of(
            "urn:schemas-upnp-org:service:WANIPConnection:2",
            "urn:schemas-upnp-org:service:WANIPConnection:1",
            "urn:schemas-upnp-org:service:WANPPPConnection:1");
    /** Connections of one router that are tried. */
    static final int MAX_SERVICES = 4;

    private final List<Named> found = new ArrayList<>();
    private Optional<String> base = Optional.empty();
    private String type = "";
    private String control = "";

    private Description() {}

    /** A service that maps ports, and where it is asked. */
    record Service(String type, Location control) {}

    private record Named(String type, String control) {}

    /**
     * The services of a description that came from {@code location}, the best first, at most {@link #MAX_SERVICES}.
     *
     * @throws RouterException if there is none, or it is to be asked at another host or port
     */
    static List<Service> services(byte[] document, Location location) {
        Description description = new Description();
        XmlScanner.scan(document, description);
        Location base = description.base.map(location::resolve).orElse(location);
        List<Service> services = TYPES.stream()
                .flatMap(type -> description.found.stream().filter(named -> named.type.equals(type)))
                .limit(MAX_SERVICES)
                .map(named -> new Service(named.type, base.resolve(named.control)))
                .toList();
        if (services.isEmpty()) {
            throw new RouterException(Reason.MALFORMED, "a gateway device that maps no ports");
        }
        return services;
    }

    @Override
    public void start(String name) {
        if (name.equals("service")) {
            type = "";
            control = "";
        }
    }

    @Override
    public void end(String name, String text) {
        switch (name) {
            case "URLBase" -> base = Optional.of(text).filter(given -> !given.isEmpty());
            case "serviceType" -> type = text;
            case "controlURL" -> control = text;
            case "service" -> found.add(new Named(type, control));
            default -> {}
        }
    }
}
