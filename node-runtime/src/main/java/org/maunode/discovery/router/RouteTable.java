package org.maunode.discovery.router;

import java.io.IOException;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The kernel's IPv4 routes, as in {@code /proc/net/route}. */
final class RouteTable {
    private static final Path KERNEL = Path.of("/proc/net/route");
    private static final int COLUMNS = 8;
    private static final int HEX = 16;
    /** {@code RTF_UP} and {@code RTF_GATEWAY} of {@code linux/route.h}. */
    private static final int UP_THROUGH_ROUTER = 0x1 | 0x2;

    private RouteTable() {}

    /** The route to everywhere. */
    record DefaultRoute(String link, Inet4Address router, int metric) {}

    /** The default route that the kernel takes now; none without such a table. */
    static Optional<DefaultRoute> defaultRoute() {
        try {
            return defaultRoute(Files.readString(KERNEL));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** The default route of the lowest metric; lines that cannot be understood are passed over. */
    static Optional<DefaultRoute> defaultRoute(String table) {
        return table.lines()
                .skip(1)
                .map(line -> line.trim().split("\\s+"))
                .filter(row -> row.length >= COLUMNS)
                .flatMap(RouteTable::route)
                .min(Comparator.comparingInt(DefaultRoute::metric));
    }

    private static Stream<DefaultRoute> route(String[] row) {
        try {
            boolean everywhere = number(row[1]) == 0 && number(row[7]) == 0;
            boolean usable = (number(row[3]) & UP_THROUGH_ROUTER) == UP_THROUGH_ROUTER;
            return everywhere && usable
                    ? Stream.of(new DefaultRoute(row[0], address(row[2]), Integer.parseInt(row[6])))
                    : Stream.empty();
        } catch (NumberFormatException strange) {
            return Stream.empty();
        }
    }

    /** The kernel prints the four bytes in memory as one number of this machine. */
    private static Inet4Address address(String hex) {
        return Ipv4.of(ByteBuffer.allocate(Ipv4.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(number(hex))
                .array());
    }

    private static int number(String hex) {
        return Integer.parseUnsignedInt(hex, HEX);
    }
}
