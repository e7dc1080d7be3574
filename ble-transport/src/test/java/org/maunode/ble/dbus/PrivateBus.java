package org.maunode.ble.dbus;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real dbus-daemon of a test's own. */
public final class PrivateBus implements AutoCloseable {
    private static final String SETTINGS =
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
            """;

    private final Path files;
    private Process daemon;

    private PrivateBus(Path files) {
        this.files = files;
    }

    /** Starts one whose socket lies in this directory; skips the test where there is no dbus-daemon. */
    public static PrivateBus in(Path files) throws IOException {
        assumeTrue(isInstalled("dbus-daemon"), "dbus-daemon is not installed");
        PrivateBus bus = new PrivateBus(files);
        Files.writeString(files.resolve("bus.conf"), SETTINGS.formatted(files.resolve("bus")));
        bus.start();
        return bus;
    }

    public static boolean isInstalled(String program) {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** Starts it (again). */
    public void start() throws IOException {
        Files.deleteIfExists(files.resolve("bus"));
        daemon = new ProcessBuilder(
                        "dbus-daemon",
                        "--config-file=" + files.resolve("bus.conf"),
                        "--nofork",
                        "--nopidfile",
                        "--print-address")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = daemon.inputReader();
        assertTrue(said.readLine().startsWith("unix:path="));
    }

    /** Kills it. */
    public void kill() {
        daemon.destroyForcibly().onExit().join();
    }

    public BusAddress address() {
        return new BusAddress(files.resolve("bus"));
    }

    public Bus connect() {
        return Bus.connect(address(), Duration.ofSeconds(10));
    }

    /** Runs another program against this bus, and gives what it said on both outputs. */
    public String run(String... command) throws IOException, InterruptedException {
        Process program = started(command);
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(program.waitFor(20, TimeUnit.SECONDS), "still runs: " + List.of(command));
        return said;
    }

    /** Starts another program against this bus. */
    public Process started(String... command) throws IOException {
        assumeTrue(isInstalled(command[0]), command[0] + " is not installed");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DBUS_SYSTEM_BUS_ADDRESS", address().toString());
        builder.environment().put("DBUS_SESSION_BUS_ADDRESS", address().toString());
        return builder.start();
    }

    @Override
    public void close() {
        kill();
    }
}
