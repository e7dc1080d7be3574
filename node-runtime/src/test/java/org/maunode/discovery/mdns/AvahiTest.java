package org.maunode.discovery.mdns;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside avahi, which runs in a namespace of its own with a D-Bus of its own: it resolves us, and we find its services. */
class AvahiTest {
    private static final List<String> NEEDED =
            List.of("avahi-daemon", "avahi-browse", "avahi-publish-service", "dbus-daemon", "unshare");
    private static final String ALICE = Lan.ALICE.toString();
    private static final String OTHER = "c0".repeat(20);

    @TempDir
    private Path files;

    private TwoNetworks networks;

    @BeforeEach
    void connect() throws Exception {
        NEEDED.forEach(program -> assumeTrue(isInstalled(program), program + " is not installed"));
        networks = TwoNetworks.connected();
        startBus();
        startAvahi();
    }

    @AfterEach
    void tearDown() {
        if (networks != null) {
            networks.close();
        }
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private void startBus() throws Exception {
        Path settings = files.resolve("bus.conf");
        Files.writeString(
                settings,
                """
                <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
                 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
                <busconfig>
                  <type>custom</type>
                  <listen>unix:path=%s</listen>
                  <auth>EXTERNAL</auth>
                  <policy context="default">
                    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
                    <allow own="*"/><allow user="*"/>
                  </policy>
                </busconfig>
                """
                        .formatted(files.resolve("bus")));
        Program bus = networks.inEast(
                List.of("dbus-daemon", "--config-file=" + settings, "--nofork", "--nopidfile", "--print-address"));
        bus.awaitLine(line -> line.startsWith("unix:path="));
    }

    /** Where avahi keeps its process id is fixed: it gets a place of its own there, so that another one may run. */
    private void startAvahi() throws Exception {
        Path settings = files.resolve("avahi.conf");
        Files.writeString(settings, "[server]\nhost-name=somehost\nuse-ipv4=yes\nuse-ipv6=yes\n");
        Program avahi = networks.inEast(onBus(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs none /run && mkdir /run/avahi-daemon"
                        + " && exec avahi-daemon --no-chroot --no-drop-root --no-proc-title --file=" + settings));
        avahi.awaitLine(line -> line.contains("Server startup complete"));
    }

    private List<String> onBus(String... command) {
        List<String> words =
                new ArrayList<>(List.of("env", "DBUS_SYSTEM_BUS_ADDRESS=unix:path=" + files.resolve("bus")));
        words.addAll(Arrays.asList(command));
        return words;
    }

    private Program alice() throws IOException, InterruptedException {
        Program alice = networks.inWest(TwoNetworks.java(Neighbour.class, "6275", ALICE));
        alice.awaitLine("ready"::equals);
        return alice;
    }

    private Program published() throws IOException, InterruptedException {
        Program service = networks.inEast(onBus("avahi-publish-service", OTHER, "_mau._tcp", "7777"));
        service.awaitLine(line -> line.contains("Established under name"));
        return service;
    }

    @Test
    void avahiResolvesUsInBothIpsAndHearsOurGoodbye() throws Exception {
        Program alice = alice();
        Program browser = networks.inEast(onBus("avahi-browse", "-rp", "_mau._tcp"));
        // Avahi resolves the host by whichever of A and AAAA it hears first, whatever it heard the service by.
        String service = ";" + ALICE + ";_mau._tcp;local;mau-aaaaaaaaaaaa.local;";
        String resolved = "=;ve0;IPv4" + service + "(" + TwoNetworks.WEST_ADDRESS + "|fe80::[0-9a-f:]+);6275;.*";
        browser.awaitLine(line -> line.matches(resolved));
        alice.endInput();
        alice.awaitLine("ended"::equals);
        browser.awaitLine(line -> line.startsWith("-;ve0;IPv4;" + ALICE));
    }

    @Test
    void weFindWhatAvahiPublishedBeforeAndNoMoreWhenItTookItBack() throws Exception {
        Program service = published();
        Program alice = alice();
        alice.awaitLine(line -> line.equals("seen " + OTHER + "@" + TwoNetworks.EAST_ADDRESS + ":7777"));
        alice.say("find " + OTHER);
        alice.awaitLine(line -> line.equals("found " + OTHER + " " + TwoNetworks.EAST_ADDRESS + ":7777"));
        alice.awaitLine(line -> line.equals("end " + OTHER));
        service.close();
        assertTrue(isGoneForGood(alice), "still found ten searches after avahi took it back");
    }

    /** Avahi says goodbye when it gets round to it, and a goodbye is believed a second later. */
    private static boolean isGoneForGood(Program alice) throws Exception {
        for (int search = 0; search < 10; search++) {
            alice.say("find " + OTHER);
            if (alice.awaitLine(Neighbour::isFinding).equals("end " + OTHER)) {
                return true;
            }
            alice.awaitLine(line -> line.equals("end " + OTHER));
        }
        return false;
    }

    @Test
    void weHearWhatAvahiPublishesAfterwards() throws Exception {
        Program alice = alice();
        published();
        alice.awaitLine(line -> line.equals("seen " + OTHER + "@" + TwoNetworks.EAST_ADDRESS + ":7777"));
    }

    /** On one machine, and one port: MD-63. */
    @Test
    void avahiAndWeShareAMachine() throws Exception {
        Program neighbour = networks.inEast(TwoNetworks.java(Neighbour.class, "6275", ALICE));
        neighbour.awaitLine("ready"::equals);
        Program browser = networks.inEast(onBus("avahi-browse", "-rp", "_mau._tcp"));
        browser.awaitLine(line -> line.contains(";mau-aaaaaaaaaaaa.local;") && line.endsWith(";6275;"));
        published();
        neighbour.awaitLine(line -> line.startsWith("seen " + OTHER) && line.endsWith(":7777"));
    }
}
