package org.maunode.discovery.router;

import java.time.Duration;
import java.util.Optional;
import org.maunode.discovery.router.RouterException.Reason;

/** Asks by NAT-PMP: for the outer address, then for the port. */
final class NatPmpClient implements MappingClient {
    private final Asking asking;
    private final int port;
    private int external;
    private Optional<Epoch> epoch = Optional.empty();

    NatPmpClient(Asking asking, int port) {
        this.asking = asking;
        this.port = port;
        this.external = port;
    }

    @Override
    public MappingProtocol protocol() {
        return MappingProtocol.NAT_PMP;
    }

    @Override
    public Grant map(Duration lease) {
        NatPmpAnswer.Address address = askAddress();
        Grants.requireUsable(address.external());
        NatPmpAnswer.Mapping mapping = askMapping(new NatPmpRequest.Mapping(port, external, lease));
        external = mapping.externalPort();
        epoch = Optional.of(new Epoch(asking.now(), mapping.epoch()));
        return new Grant(address.external(), external, mapping.lease());
    }

    @Override
    public void unmap() {
        askMapping(new NatPmpRequest.Mapping(port, 0, Duration.ZERO));
    }

    private NatPmpAnswer.Address askAddress() {
        byte[] question = new NatPmpRequest.Address().bytes();
        NatPmpAnswer.Address address = asking.ask(
                question,
                datagram -> NatPmpAnswer.parse(datagram) instanceof NatPmpAnswer.Address answer
                        ? Optional.of(answer)
                        : Optional.empty());
        requireSuccess(address);
        return address;
    }

    private NatPmpAnswer.Mapping askMapping(NatPmpRequest.Mapping request) {
        NatPmpAnswer.Mapping mapping = asking.ask(
                request.bytes(),
                datagram -> NatPmpAnswer.parse(datagram) instanceof NatPmpAnswer.Mapping answer
                                && answer.port() == request.port()
                        ? Optional.of(answer)
                        : Optional.empty());
        requireSuccess(mapping);
        return mapping;
    }

    /** RFC 6886, 3.5. */
    private static void requireSuccess(NatPmpAnswer answer) {
        switch (answer.result()) {
            case 0 -> {}
            case 2 -> throw new RouterException(Reason.REFUSED, "it does not allow that");
            case 3 -> throw new RouterException(Reason.NO_EXTERNAL_ADDRESS, "it is not connected");
            case 4 -> throw new RouterException(Reason.REFUSED, "it has no room for another mapping");
            default -> throw new RouterException(Reason.REFUSED, "NAT-PMP result " + answer.result());
        }
    }

    @Override
    public Optional<Epoch> epoch() {
        return epoch;
    }
}
