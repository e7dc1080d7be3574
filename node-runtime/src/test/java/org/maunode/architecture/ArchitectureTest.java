package org.maunode.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.maunode.architecture.ClassFiles.Compiled;

/** The rules of docs/architecture.md that can be read off the class files. */
class ArchitectureTest {
    private static final List<Compiled> CLASSES = ClassFiles.of("ble-transport", "device-profiles", "node-runtime");

    /** What each room may look into. Written bottom up, so that an arrow back cannot be allowed by mistake. */
    private static final Map<String, Set<String>> ARROWS = arrows();

    private static Map<String, Set<String>> arrows() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        arrows.put("org.maunode.ble.session", Set.of());
        arrows.put("org.maunode.ble.gatt", Set.of());
        arrows.put("org.maunode.ble.dbus", Set.of());
        above(arrows, "org.maunode.ble.line", "org.maunode.ble.session", "org.maunode.ble.gatt");
        above(arrows, "org.maunode.ble.bluez", "org.maunode.ble.gatt", "org.maunode.ble.dbus");
        above(arrows, "org.maunode.ble.tinyb", "org.maunode.ble.gatt");
        above(arrows, "org.maunode.ble.radio", "org.maunode.ble.bluez", "org.maunode.ble.tinyb");
        arrows.put("org.maunode.device.wire", Set.of());
        arrows.put("org.maunode.device.wire.pi4j", Set.of("org.maunode.device.wire"));
        arrows.put("org.maunode.device.profile", Set.of());
        arrows.put("org.maunode.device.driver", Set.of("org.maunode.device.profile", "org.maunode.device.wire"));
        arrows.put("org.maunode.device.sampling", Set.of("org.maunode.device.profile", "org.maunode.device.driver"));
        arrows.put("org.maunode.device.simulation", Set.of("org.maunode.device.profile", "org.maunode.device.wire"));
        arrows.put(
                "org.maunode.device.vocabulary",
                Set.of(
                        "org.maunode.device.profile",
                        "org.maunode.device.driver",
                        "org.maunode.device.sampling",
                        "org.maunode.device.wire"));
        arrows.put("org.maunode.identity", Set.of());
        arrows.put("org.maunode.clock", Set.of());
        above(arrows, "org.maunode.openpgp", "org.maunode.identity");
        above(arrows, "org.maunode.store", "org.maunode.openpgp");
        above(arrows, "org.maunode.exchange", "org.maunode.store");
        above(arrows, "org.maunode.discovery", "org.maunode.exchange");
        above(arrows, "org.maunode.discovery.net");
        above(arrows, "org.maunode.discovery.mdns", "org.maunode.discovery", "org.maunode.discovery.net");
        above(arrows, "org.maunode.discovery.router", "org.maunode.discovery.net");
        above(arrows, "org.maunode.discovery.kademlia", "org.maunode.identity", "org.maunode.discovery.net");
        above(arrows, "org.maunode.discovery.overlay", "org.maunode.discovery", "org.maunode.discovery.kademlia");
        above(arrows, "org.maunode.http", "org.maunode.exchange");
        above(arrows, "org.maunode.sync", "org.maunode.exchange", "org.maunode.discovery");
        above(arrows, "org.maunode.cable", "org.maunode.http", "org.maunode.discovery", "org.maunode.ble.line");
        above(arrows, "org.maunode.control", "org.maunode.sync");
        above(
                arrows,
                "org.maunode.device",
                "org.maunode.store",
                "org.maunode.device.vocabulary",
                "org.maunode.device.sampling");
        above(arrows, "org.maunode.device.command", "org.maunode.device", "org.maunode.clock");
        Set<String> everything = new TreeSet<>(arrows.keySet());
        arrows.put("org.maunode.runtime", everything);
        return arrows;
    }

    private static void above(Map<String, Set<String>> arrows, String room, String... below) {
        Set<String> all = new TreeSet<>();
        for (String name : below) {
            all.add(name);
            all.addAll(arrows.get(name));
        }
        arrows.put(room, all);
    }

    @Test
    void everyRoomIsOnTheMap() {
        Set<String> rooms = new TreeSet<>();
        CLASSES.forEach(compiled -> rooms.add(compiled.packageName()));
        rooms.removeAll(ARROWS.keySet());
        assertEquals(Set.of(), rooms);
    }

    @Test
    void noArrowAgainstTheOrderAndSoNoCycle() {
        List<String> wrong = new ArrayList<>();
        for (Compiled compiled : CLASSES) {
            for (String type : compiled.types()) {
                String other = ClassFiles.packageOf(type);
                boolean ours = other.startsWith("org.maunode") && !other.equals(compiled.packageName());
                if (ours && !ARROWS.get(compiled.packageName()).contains(other)) {
                    wrong.add(compiled.name() + " -> " + type);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void librariesStayInTheirRooms() {
        Map<String, Set<String>> owners = Map.of(
                "org/bouncycastle/", Set.of("org.maunode.openpgp", "org.maunode.http"),
                "org/apache/hc/", Set.of("org.maunode.http"),
                "com/pi4j/", Set.of("org.maunode.device.wire.pi4j"),
                "tinyb/", Set.of("org.maunode.ble.tinyb"));
        List<String> wrong = new ArrayList<>();
        for (Compiled compiled : CLASSES) {
            owners.forEach((library, rooms) -> {
                boolean uses = compiled.types().stream().anyMatch(type -> type.startsWith(library));
                if (uses && !rooms.contains(compiled.packageName())) {
                    wrong.add(compiled.name() + " uses " + library);
                }
            });
        }
        assertEquals(List.of(), wrong);
    }

    /** Of Bouncy Castle, http may use what writes certificates: ASN.1, never its OpenPGP or its ciphers. */
    @Test
    void httpUsesBouncyCastleForCertificatesAlone() {
        List<String> wrong = CLASSES.stream()
                .filter(compiled -> compiled.packageName().equals("org.maunode.http"))
                .flatMap(compiled -> compiled.types().stream())
                .filter(type -> type.startsWith("org/bouncycastle/") && !type.startsWith("org/bouncycastle/asn1/"))
                .distinct()
                .toList();
        assertEquals(List.of(), wrong);
    }
}
