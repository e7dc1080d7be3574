package org.maunode.discovery.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * This machine's links, from the JDK and the kernel's tables. Changes are told by the program {@code ip}
 * ({@link IpMonitor}); where there is none, or it ends, one looks every {@value #LOOK_SECONDS} s.
 */
final class MachineLinks implements LinkSource {
    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.net");
    private static final int LOOK_SECONDS = 5;

    /** One change makes several lines: the links are read when they have come. */
    private static final int BURST_MILLIS = 100;

    private final KernelTables tables = new KernelTables(Path.of("/proc/net"));
    private final IpMonitor monitor;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean monitored = true;

    MachineLinks() {
        this(IpMonitor.start());
    }

    MachineLinks(IpMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public Links read() throws IOException {
        Set<InetAddress> unproved = tables.tentative();
        List<Link> links = NetworkInterface.networkInterfaces()
                .flatMap(each -> link(each, unproved).stream())
                .toList();
        return new Links(links, tables.routers());
    }

    /** Empty if it went while it was read: that is told too. */
    private static Optional<Link> link(NetworkInterface each, Set<InetAddress> unproved) {
        List<LinkAddress> addresses = each.getInterfaceAddresses().stream()
                .filter(found -> !unproved.contains(found.getAddress()))
                .map(MachineLinks::address)
                .toList();
        try {
            return Optional.of(new Link(each.getName(), each.getIndex(), traits(each), addresses));
        } catch (SocketException gone) {
            LOG.log(Level.FINE, "link-gone {0}: {1}", new Object[] {each.getName(), gone.getMessage()});
            return Optional.empty();
        }
    }

    /** A prefix that the system does not tell is taken for an address alone in its network: all would be too many. */
    private static LinkAddress address(InterfaceAddress found) {
        int all = found.getAddress().getAddress().length * Byte.SIZE;
        int told = found.getNetworkPrefixLength();
        return new LinkAddress(found.getAddress(), told > 0 && told <= all ? told : all);
    }

    private static Set<Link.Trait> traits(NetworkInterface each) throws SocketException {
        Set<Link.Trait> traits = EnumSet.noneOf(Link.Trait.class);
        addIf(each.isUp(), Link.Trait.UP, traits);
        addIf(each.supportsMulticast(), Link.Trait.MULTICAST, traits);
        addIf(each.isLoopback(), Link.Trait.LOOPBACK, traits);
        addIf(each.isPointToPoint(), Link.Trait.POINT_TO_POINT, traits);
        return traits;
    }

    private static void addIf(boolean has, Link.Trait trait, Set<Link.Trait> traits) {
        if (has) {
            traits.add(trait);
        }
    }

    @Override
    public boolean awaitChange() throws InterruptedException {
        if (monitored && monitor.awaitLine()) {
            boolean ended = closed.await(BURST_MILLIS, TimeUnit.MILLISECONDS);
            monitor.skipLines();
            return !ended;
        }
        if (monitored && closed.getCount() > 0) {
            monitored = false;
            LOG.log(
                    Level.INFO,
                    "no \"ip monitor\" on this machine: changes of the network are looked for every {0} s",
                    LOOK_SECONDS);
        }
        return !closed.await(LOOK_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
        monitor.close();
    }
}
