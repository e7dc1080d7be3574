package org.maunode.ble.tinyb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.ble.bluez.ScriptedBlueZ;
import org.maunode.ble.bluez.ScriptedBlueZ.Fault;
import org.maunode.ble.dbus.PrivateBus;

/** The real TinyB, in a process of its own, with a scripted BlueZ on a bus of the test's own. */
class TinybCentralTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String SEEN = "seen 00:AA:01:00:00:00 001122334455 thermometer";
    private static final String CONNECTED = "connected thermometer 185";

    @TempDir
    private Path files;

    private PrivateBus daemon;
    private ScriptedBlueZ bluez;
    private Process program;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
    private Writer input;

    @BeforeEach
    void start() throws Exception {
        daemon = PrivateBus.in(files);
        bluez = new ScriptedBlueZ(daemon.connect());
        Files.createDirectories(files.resolve("kernel/hci1"));
        startProgram();
    }

    private void startProgram() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:ErrorFile=" + files.resolve("crash.log"),
                "-cp",
                System.getProperty("java.class.path"),
                TinybProgram.class.getName(),
                ScriptedBlueZ.ADAPTER.text(),
                files.resolve("kernel").toString());
        builder.environment().put("DBUS_SYSTEM_BUS_ADDRESS", daemon.address().toString());
        program = builder.redirectErrorStream(true).start();
        Thread.ofPlatform()
                .name("reading")
                .start(() -> program.inputReader().lines().forEach(output::add));
        input = program.outputWriter();
        String first = line();
        assumeTrue(!first.startsWith("missing"), first);
        assertEquals("ready", first);
    }

    @AfterEach
    void endsWithoutACrashOrAThread() throws Exception {
        if (program == null) {
            return;
        }
        try {
            input.close();
            until("left 0");
            assertEquals(0, program.waitFor());
        } finally {
            program.destroyForcibly().waitFor();
            bluez.close();
            daemon.close();
        }
    }

    private String line() throws InterruptedException {
        return Optional.ofNullable(output.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .orElse("silence");
    }

    private void say(String command) throws IOException {
        input.write(command + "\n");
        input.flush();
    }

    /** Reads until this line, and tells what came before. */
    private List<String> until(String wanted) throws InterruptedException {
        List<String> before = new ArrayList<>();
        for (String line = line(); !wanted.equals(line); line = line()) {
            before.add(line);
            assertNotEquals("silence", line, () -> "no \"" + wanted + "\" after " + before);
        }
        return before;
    }

    private void restart(Fault... faults) {
        bluez.close();
        bluez = new ScriptedBlueZ(daemon.connect(), faults);
    }

    @Test
    void connectsExchangesFramesAndClosesWithoutAWordOnItsOwn() throws Exception {
        say("connect");
        assertEquals(List.of(), until(CONNECTED));
        say("send");
        assertEquals(List.of(), until("received 010203"));
        say("close");
        assertEquals(List.of(), until("lost closed here"));
        bluez.until("Disconnect");
    }

    @Test
    void believesThatADeviceWithServicesIsConnected() throws Exception {
        restart(Fault.FORGETS_TO_SIGNAL_CONNECTED);
        say("connect");
        until(CONNECTED);
    }

    @Test
    void triesAgainAfterARefusedConnect() throws Exception {
        bluez.refusing("org.bluez.Error.Failed", "org.bluez.Error.Failed");
        say("connect");
        until(CONNECTED);
    }

    @Test
    void triesAgainWhereBlueZRemembersOldServices() throws Exception {
        restart(Fault.FAILS_THE_FIRST_READ);
        say("connect");
        until(CONNECTED);
    }

    @Test
    void aDeviceThatHidesItsServiceIsNoNode() throws Exception {
        restart(Fault.IS_NO_NODE);
        say("connect");
        until("NOT_A_NODE 00:AA:01:00:00:00 is no Mau node");
        bluez.until("Disconnect");
    }

    @Test
    void aBrokenConnectionIsLost() throws Exception {
        say("connect");
        until(CONNECTED);
        bluez.breakConnection();
        until("lost the connection broke");
    }

    @Test
    void aServiceThatIsWithdrawnEndsTheLink() throws Exception {
        say("connect");
        until(CONNECTED);
        bluez.withdrawService();
        until("lost the node serves no more");
    }

    @Test
    void aScanGoesOnWhenTheAdapterIsOnAgain() throws Exception {
        say("scan");
        until(SEEN);
        bluez.until("StartDiscovery");
        bluez.power(false);
        bluez.power(true);
        bluez.until("StartDiscovery");
    }

    @Test
    void survivesThatBluetoothdIsKilledTenTimes() throws Exception {
        say("scan");
        until(SEEN);
        for (int time = 0; time < 10; time++) {
            say("connect");
            until(CONNECTED);
            bluez.close();
            until("lost the adapter is gone");
            bluez = new ScriptedBlueZ(daemon.connect());
            until(SEEN);
        }
    }
}
