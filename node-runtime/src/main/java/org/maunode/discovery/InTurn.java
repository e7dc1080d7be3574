package org.maunode.discovery;

import java.net.InetSocketAddress;
import java.util.Objects;
import org.maunode.exchange.Dialer;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

/** Dials the addresses that one resolver knows, one after the other. */
public final class InTurn implements Connector {
    private final Dialer dialer;
    private final Resolver resolver;

    public InTurn(Dialer dialer, Resolver resolver) {
        this.dialer = Objects.requireNonNull(dialer);
        this.resolver = Objects.requireNonNull(resolver);
    }

    @Override
    public RemotePeer connect(Fingerprint peer) {
        ExchangeException last = new ExchangeException(Reason.UNREACHABLE, "no address is known");
        for (InetSocketAddress address : resolver.addressesOf(peer)) {
            try {
                return dialer.dial(peer, address);
            } catch (ExchangeException failed) {
                last = new ExchangeException(
                        failed.reason(), HostAndPort.format(address) + ": " + failed.getMessage(), failed);
            }
        }
        throw last;
    }
}
