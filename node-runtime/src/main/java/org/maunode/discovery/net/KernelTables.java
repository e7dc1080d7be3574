package org.maunode.discovery.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Linux says in {@code /proc/net} and the JDK does not. Lines that cannot be understood are passed over, and a system
 * without these files has nothing to say.
 */
final class KernelTables {
    /** {@code IFA_F_TENTATIVE} and {@code IFA_F_DADFAILED} of {@code linux/if_addr.h}. */
    private static final int NOT_PROVED_UNIQUE = 0x40 | 0x08;

    /** {@code RTF_UP | RTF_GATEWAY} of {@code linux/route.h}. */
    private static final int UP_THROUGH_ROUTER = 0x1 | 0x2;

    private static final String EVERYWHERE = "00000000";
    private static final Comparator<String> BY_NUMBER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private final Path directory;

    KernelTables(Path directory) {
        this.directory = directory;
    }

    /** IPv6 addresses that are not found to be unique yet, or never were: nothing can be sent from them. */
    Set<InetAddress> tentative() throws IOException {
        return rows("if_inet6")
                .filter(row -> row.length >= 6 && (hex(row[4]) & NOT_PROVED_UNIQUE) != 0)
                .flatMap(row -> address(row[0]).stream())
                .collect(Collectors.toSet());
    }

    /** The routers of the IPv4 routes to everywhere, by their metric. */
    List<InetAddress> routers() throws IOException {
        return rows("route")
                .filter(row -> row.length >= 8 && (hex(row[3]) & UP_THROUGH_ROUTER) == UP_THROUGH_ROUTER)
                .filter(row -> row[1].equals(EVERYWHERE) && row[7].equals(EVERYWHERE))
                .sorted(Comparator.comparing(row -> row[6], BY_NUMBER))
                .flatMap(row -> address(inNetworkOrder(row[2])).stream())
                .distinct()
                .toList();
    }

    private Stream<String[]> rows(String table) throws IOException {
        try {
            return Files.readAllLines(directory.resolve(table), StandardCharsets.US_ASCII).stream()
                    .map(line -> line.strip().split("\\s+"));
        } catch (NoSuchFileException notLinux) {
            return Stream.empty();
        }
    }

    private static int hex(String digits) {
        return digits.length() <= 4 && digits.chars().allMatch(HexFormat::isHexDigit)
                ? HexFormat.fromHexDigits(digits)
                : 0;
    }

    /** The kernel writes these four bytes as a number of the machine's own order. */
    private static String inNetworkOrder(String digits) {
        if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN || digits.length() != 2 * Integer.BYTES) {
            return digits;
        }
        return digits.substring(6, 8) + digits.substring(4, 6) + digits.substring(2, 4) + digits.substring(0, 2);
    }

    private static Optional<InetAddress> address(String digits) {
        try {
            return Optional.of(InetAddress.getByAddress(HexFormat.of().parseHex(digits)));
        } catch (UnknownHostException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
