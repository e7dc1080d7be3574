package org.maunode.discovery.router;

import java.time.Duration;
import java.util.Optional;
import org.maunode.discovery.router.RouterException.Reason;

/** Asks by PCP: one exchange, which is the same for the first time, for more time, and after the router forgot. */
final class PcpClient implements MappingClient {
    private final Asking asking;
    private final MappingNonce nonce;
    private final int port;
    private int external;
    private Optional<Epoch> epoch = Optional.empty();

    PcpClient(Asking asking, MappingNonce nonce, int port) {
        this.asking = asking;
        this.nonce = nonce;
        this.port = port;
        this.external = port;
    }

    @Override
    public MappingProtocol protocol() {
        return MappingProtocol.PCP;
    }

    @Override
    public Grant map(Duration lease) {
        PcpAnswer.Mapping mapping = ask(lease);
        external = mapping.externalPort();
        epoch = Optional.of(new Epoch(asking.now(), mapping.epoch()));
        return new Grant(mapping.external(), external, mapping.lease());
    }

    @Override
    public void unmap() {
        ask(Duration.ZERO);
    }

    private PcpAnswer.Mapping ask(Duration lease) {
        PcpRequest request = new PcpRequest(asking.gateway().local(), nonce, port, external, lease);
        PcpAnswer.Mapping mapping = asking.ask(request.bytes(), datagram -> answer(request, datagram));
        if (mapping.result() != 0) {
            throw refusal(mapping.result());
        }
        return mapping;
    }

    private static Optional<PcpAnswer.Mapping> answer(PcpRequest request, byte[] datagram) {
        return PcpAnswer.parse(datagram) instanceof PcpAnswer.Mapping mapping && mapping.answers(request)
                ? Optional.of(mapping)
                : Optional.empty();
    }

    /** RFC 6887, 7.4. */
    private static RouterException refusal(int result) {
        return switch (result) {
            case 2 -> new RouterException(Reason.REFUSED, "it does not allow that");
            case 7 -> new RouterException(Reason.NO_EXTERNAL_ADDRESS, "it is not connected");
            case 8 -> new RouterException(Reason.REFUSED, "it has no room for another mapping");
            case 10 -> new RouterException(Reason.REFUSED, "this node has as many mappings as it allows");
            case 11 -> new RouterException(Reason.PORT_TAKEN, "it has no such port to give");
            case 12 -> new RouterException(Reason.REFUSED, "there is another translator in between");
            default -> new RouterException(Reason.REFUSED, "PCP result " + result);
        };
    }

    @Override
    public Optional<Epoch> epoch() {
        return epoch;
    }
}
