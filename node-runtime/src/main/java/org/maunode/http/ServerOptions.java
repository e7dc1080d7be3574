package org.maunode.http;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * How a {@link PeerServer} listens.
 *
 * @param bind where; the wildcard address takes IPv4 and IPv6, port 0 takes any free port
 * @param names DNS names to put into the certificate before the fingerprint
 * @param ioThreads threads that move bytes and do TLS: 1 or 2
 * @param diskThreads threads that ask the exchange and read files
 * @param limits of the server, and of each connection by the network
 * @param cable of each connection by another wire ({@link Limits#CABLE})
 */
public record ServerOptions(
        InetSocketAddress bind, List<String> names, int ioThreads, int diskThreads, Limits limits, Limits cable) {
    public ServerOptions {
        names = List.copyOf(names);
        if (ioThreads < 1 || ioThreads > 2) {
            throw new IllegalArgumentException("ioThreads is " + ioThreads + ", not 1 or 2");
        }
        if (diskThreads < 1) {
            throw new IllegalArgumentException("diskThreads is " + diskThreads + ", not positive");
        }
    }

    ServerOptions(InetSocketAddress bind, List<String> names, int ioThreads, int diskThreads, Limits limits) {
        this(bind, names, ioThreads, diskThreads, limits, Limits.CABLE);
    }

    /** One I/O thread, two disk threads, the default limits. */
    public static ServerOptions at(InetSocketAddress bind) {
        return new ServerOptions(bind, List.of(), 1, 2, Limits.DEFAULT);
    }

    public ServerOptions with(Limits changed) {
        return new ServerOptions(bind, names, ioThreads, diskThreads, changed, cable);
    }

    ServerOptions withCable(Limits changed) {
        return new ServerOptions(bind, names, ioThreads, diskThreads, limits, changed);
    }
}
