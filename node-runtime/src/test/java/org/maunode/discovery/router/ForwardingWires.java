package org.maunode.discovery.router;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/** Wires of which a test wants some to be otherwise. */
class ForwardingWires implements Wires {
    private final Wires wires;

    ForwardingWires(Wires wires) {
        this.wires = wires;
    }

    @Override
    public Instant now() {
        return wires.now();
    }

    @Override
    public Optional<Gateway> gateway() {
        return wires.gateway();
    }

    @Override
    public Datagrams open(Gateway gateway, InetSocketAddress to) {
        return wires.open(gateway, to);
    }

    @Override
    public HttpReply call(InetSocketAddress to, byte[] request, int maxBody) {
        return wires.call(to, request, maxBody);
    }

    @Override
    public void listen(Optional<Gateway> gateway) {
        wires.listen(gateway);
    }

    @Override
    public Event await(Instant until) {
        return wires.await(until);
    }
}
