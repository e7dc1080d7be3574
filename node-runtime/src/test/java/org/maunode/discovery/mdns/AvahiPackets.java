package org.maunode.discovery.mdns;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Packets that avahi sent, by what they are; how they were made stands in the file. */
final class AvahiPackets {
    private static final Path FILE = Path.of("src", "test", "resources", "vectors", "mdns", "avahi-0.8.txt");

    private AvahiPackets() {}

    static Map<String, byte[]> all() {
        try {
            Map<String, byte[]> packets = new LinkedHashMap<>();
            Files.readAllLines(FILE).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(words -> packets.put(words[0], HexFormat.of().parseHex(words[1])));
            assertFalse(packets.isEmpty(), "no packets in " + FILE);
            return packets;
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
