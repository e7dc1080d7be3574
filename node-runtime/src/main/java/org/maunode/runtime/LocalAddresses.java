package org.maunode.runtime;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.maunode.identity.HostAndPort;

/** Where a node that listens can be reached from, as far as this machine knows. */
final class LocalAddresses {
    private LocalAddresses() {}

    /** The addresses behind a listening one: itself, or every address of this machine if it listens on all. */
    static List<String> of(InetSocketAddress listening) {
        if (!listening.getAddress().isAnyLocalAddress()) {
            return List.of(text(listening.getAddress(), listening.getPort()));
        }
        List<InetAddress> outside = addresses(address -> !address.isLoopbackAddress());
        List<InetAddress> shown = outside.isEmpty() ? addresses(InetAddress::isLoopbackAddress) : outside;
        return shown.stream().map(address -> text(address, listening.getPort())).toList();
    }

    private static List<InetAddress> addresses(Predicate<InetAddress> wanted) {
        try (Stream<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()) {
            return interfaces
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress())
                    .filter(wanted)
                    // The shorter kind is the one that people type.
                    .sorted(Comparator.comparing(address -> address instanceof Inet6Address))
                    .toList();
        } catch (SocketException unknown) {
            return List.of();
        }
    }

    private static String text(InetAddress address, int port) {
        String bare = address.getHostAddress().replaceFirst("%.*", "");
        return HostAndPort.format(InetSocketAddress.createUnresolved(bare, port));
    }
}
