package org.maunode.discovery.router;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.maunode.discovery.router.Description.Service;
import org.maunode.discovery.router.RouterException.Reason;
import org.maunode.discovery.router.SoapRequest.Argument;

/**
 * Asks by UPnP. A port outside that another machine has is left to it, even by routers that would give it away: two boards
 * with the same port in one home are the usual case.
 */
final class IgdClient implements MappingClient {
    /** Ports outside behind our own that are tried, and then so many of those that nobody is known for. */
    static final int NEXT_PORTS = 4;

    static final int RANDOM_PORTS = 5;
    static final int FIRST_DYNAMIC_PORT = 49_152;
    static final int LAST_PORT = 65_535;

    private static final String NAME = "mau-node";

    private final Wires wires;
    private final Gateway gateway;
    private final int port;
    private final RandomGenerator random;
    /** To be asked next time; none after a failure, since routers choose other addresses for services when they start. */
    private Optional<Service> chosen = Optional.empty();
    /** Where a mapping was asked for last, and may be. */
    private Optional<Service> asked = Optional.empty();

    private int external;

    IgdClient(Wires wires, Gateway gateway, int port, RandomGenerator random) {
        this.wires = wires;
        this.gateway = gateway;
        this.port = port;
        this.external = port;
        this.random = random;
    }

    @Override
    public MappingProtocol protocol() {
        return MappingProtocol.UPNP;
    }

    @Override
    public Grant map(Duration lease) {
        List<Service> services = chosen.map(List::of).orElseGet(() -> new IgdSearch(wires, gateway).services());
        chosen = Optional.empty();
        RouterException last = new RouterException(Reason.SILENT, "no service");
        for (Service service : services) {
            try {
                Inet4Address address = externalAddress(service);
                return map(service, address, lease);
            } catch (RouterException unusable) {
                if (unusable.reason() == Reason.STOPPED) {
                    throw unusable;
                }
                last = unusable;
            }
        }
        throw last;
    }

    private Inet4Address externalAddress(Service service) {
        String text = ask(service, "GetExternalIPAddress", List.of()).getOrDefault("NewExternalIPAddress", "");
        if (text.isEmpty()) {
            throw new RouterException(Reason.NO_EXTERNAL_ADDRESS, "it is not connected");
        }
        Inet4Address address = Ipv4.parse(text);
        Grants.requireUsable(address);
        return address;
    }

    private Grant map(Service service, Inet4Address address, Duration lease) {
        for (int candidate : candidates()) {
            external = candidate;
            if (isFree(service) && isAdded(service, lease)) {
                chosen = Optional.of(service);
                return new Grant(address, external, lease);
            }
        }
        external = port;
        throw new RouterException(Reason.PORT_TAKEN, "others have every port outside that was tried");
    }

    private int[] candidates() {
        IntStream near = IntStream.rangeClosed(port, Math.min(port + NEXT_PORTS, LAST_PORT));
        IntStream far = random.ints(RANDOM_PORTS, FIRST_DYNAMIC_PORT, LAST_PORT + 1);
        return IntStream.concat(IntStream.of(external), IntStream.concat(near, far))
                .distinct()
                .toArray();
    }

    /** Whether nobody else has the port; a router that does not answer this question is asked for the mapping itself. */
    private boolean isFree(Service service) {
        try {
            Map<String, String> entry = ask(service, "GetSpecificPortMappingEntry", key());
            return gateway.local().getHostAddress().equals(entry.getOrDefault("NewInternalClient", ""))
                    && Integer.toString(port).equals(entry.getOrDefault("NewInternalPort", ""));
        } catch (RouterException none) {
            if (!none.reason().isAnswer() && none.reason() != Reason.MALFORMED) {
                throw none;
            }
            return true;
        }
    }

    private boolean isAdded(Service service, Duration lease) {
        try {
            add(service, lease);
            return true;
        } catch (RouterException failed) {
            return switch (failed.reason()) {
                case PORT_TAKEN -> false;
                case PERMANENT_ONLY -> {
                    add(service, Duration.ZERO);
                    yield true;
                }
                default -> throw failed;
            };
        }
    }

    private void add(Service service, Duration lease) {
        asked = Optional.of(service);
        ask(
                service,
                "AddPortMapping",
                List.of(
                        new Argument("NewRemoteHost", ""),
                        new Argument("NewExternalPort", Integer.toString(external)),
                        new Argument("NewProtocol", "TCP"),
                        new Argument("NewInternalPort", Integer.toString(port)),
                        new Argument("NewInternalClient", gateway.local().getHostAddress()),
                        new Argument("NewEnabled", "1"),
                        new Argument("NewPortMappingDescription", NAME),
                        new Argument("NewLeaseDuration", Long.toString(lease.toSeconds()))));
    }

    @Override
    public void unmap() {
        asked.ifPresent(service -> ask(service, "DeletePortMapping", key()));
    }

    private List<Argument> key() {
        return List.of(
                new Argument("NewRemoteHost", ""),
                new Argument("NewExternalPort", Integer.toString(external)),
                new Argument("NewProtocol", "TCP"));
    }

    private Map<String, String> ask(Service service, String action, List<Argument> arguments) {
        byte[] request = new SoapRequest(service, action, arguments).bytes();
        return SoapAnswer.results(wires.call(service.control().address(), request, SoapAnswer.MAX_BYTES), action);
    }

    /** UPnP has no such thing; its announcements are not listened to, since every device of a home utters dozens a minute. */
    @Override
    public Optional<Epoch> epoch() {
        return Optional.empty();
    }
}
