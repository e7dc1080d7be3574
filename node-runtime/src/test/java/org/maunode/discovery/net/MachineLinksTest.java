package org.maunode.discovery.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.discovery.net.Link.Trait;

/** What the real machine, and the kernel's tables, say. */
class MachineLinksTest {
    private static final String NO_SHELL = "/nonexistent/sh";
    private static final Path PROC = Path.of("/proc/net/if_inet6");

    @TempDir
    private Path tables;

    @Test
    void knowsTheLoopbackThatEveryMachineHas() throws IOException {
        try (MachineLinks machine = new MachineLinks(IpMonitor.start(NO_SHELL, ""))) {
            Link loopback = machine.read().all().stream()
                    .filter(link -> link.is(Trait.LOOPBACK))
                    .findFirst()
                    .orElseThrow();
            assertTrue(loopback.is(Trait.UP));
            assertTrue(loopback.has(InetAddress.ofLiteral("127.0.0.1")));
            assertTrue(loopback.reaches(InetAddress.ofLiteral("127.9.9.9")));
            assertFalse(loopback.reaches(InetAddress.ofLiteral("128.0.0.1")));
        }
    }

    @Test
    void aMonitorThatDoesNotExistIsOneThatHasEnded() throws InterruptedException {
        try (IpMonitor none = IpMonitor.start(NO_SHELL, "")) {
            assertFalse(none.awaitLine());
        }
    }

    @Test
    void aMonitorThatEndsTellsSo() throws InterruptedException {
        for (String ends : List.of("true", "nonexistent-program")) {
            try (IpMonitor monitor = IpMonitor.start("sh", ends)) {
                assertTrue(monitor.awaitLine(), "looks once when the child should listen");
                assertFalse(monitor.awaitLine());
            }
        }
    }

    @Test
    void theFirstLookComesWhenTheChildListensAndTheNextAfterALine() throws InterruptedException {
        try (IpMonitor speaks = IpMonitor.start("sh", "echo 2: eth0")) {
            assertTrue(speaks.awaitLine());
            assertTrue(speaks.awaitLine(), "the line that echo wrote");
            speaks.skipLines();
            assertFalse(speaks.awaitLine());
        }
    }

    @Test
    void closingEndsTheChildrenAndTheWait() throws Exception {
        try (MachineLinks machine = new MachineLinks()) {
            machine.awaitChange();
            List<ProcessHandle> children = ProcessHandle.current()
                    .descendants()
                    .filter(this::isMonitor)
                    .toList();
            assumeTrue(children.size() == 2, "the program ip is not on this machine");
            Thread closer = Thread.ofPlatform().start(machine::close);
            while (machine.awaitChange()) {
                // A change of this machine's network meanwhile.
            }
            closer.join();
            for (ProcessHandle child : children) {
                child.onExit().get();
            }
        }
    }

    private boolean isMonitor(ProcessHandle child) {
        return child.info().commandLine().orElse("").contains("monitor");
    }

    /** systemd says it to every process of a service; a monitor that went then was taken for one that is not there. */
    @Test
    void aTermThatIsMeantForAllIsNotHeardByTheMonitor() throws Exception {
        try (IpMonitor speaks = IpMonitor.start("sh", "echo ready; sleep 1000")) {
            assertTrue(speaks.awaitLine());
            assertTrue(speaks.awaitLine(), "the line that says that signals are set");
            List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
            assertFalse(children.isEmpty());
            for (ProcessHandle child : children) {
                assertTrue(ignoresTerm(child), child.info().toString());
            }
        }
    }

    private static boolean ignoresTerm(ProcessHandle process) throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow()
                .substring("SigIgn:".length())
                .strip();
        return (Long.parseUnsignedLong(ignored, 16) >> 14 & 1) == 1;
    }

    /** The shell's input ends when this process ends, in whatever way. */
    @Test
    void whoIsKilledLeavesNoChild() throws Exception {
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Waiting.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertEquals('.', killed.getInputStream().read());
        List<ProcessHandle> children = killed.descendants().toList();
        assumeTrue(children.size() == 2, "the program ip is not on this machine");
        killed.destroyForcibly();
        for (ProcessHandle child : children) {
            child.onExit().get(10, TimeUnit.SECONDS);
        }
    }

    /** A process that watches until it is killed. */
    static final class Waiting {
        private Waiting() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            try (MachineLinks machine = new MachineLinks()) {
                machine.awaitChange();
                System.out.write('.');
                System.out.flush();
                while (machine.awaitChange()) {
                    machine.read();
                }
            }
        }
    }

    @Test
    void passesOverAddressesThatAreNotFoundUniqueYet() throws IOException {
        Files.writeString(
                tables.resolve("if_inet6"),
                """
                fe80000000000000e8577cfffe5735c1 05 40 20 80     eth0
                fe80000000000000e8577cfffe5735c2 05 40 20 c0     eth0
                fe80000000000000e8577cfffe5735c3 05 40 20 88     eth0
                nonsense
                zz80000000000000e8577cfffe5735c3 05 40 20 88     eth0
                fe80000000000000e8577cfffe5735c4 05 40 20 xx     eth0
                """);
        Set<InetAddress> expected = Set.of(
                InetAddress.ofLiteral("fe80::e857:7cff:fe57:35c2"), InetAddress.ofLiteral("fe80::e857:7cff:fe57:35c3"));
        assertEquals(expected, new KernelTables(tables).tentative());
    }

    @Test
    void knowsTheRoutersByTheirMetric() throws IOException {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the table is of such a machine");
        Files.writeString(
                tables.resolve("route"),
                """
                Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
                wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
                eth0\t00000000\t0102A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
                eth0\t0002A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
                eth0\t00000000\t010
                """);
        assertEquals(
                List.of(InetAddress.ofLiteral("192.168.2.1"), InetAddress.ofLiteral("192.168.1.1")),
                new KernelTables(tables).routers());
    }

    @Test
    void aSystemWithoutTheTablesHasNothingToSay() throws IOException {
        KernelTables none = new KernelTables(tables.resolve("none"));
        assertEquals(Set.of(), none.tentative());
        assertEquals(List.of(), none.routers());
    }

    @Test
    void readsTheTablesOfThisMachine() throws IOException {
        assumeTrue(Files.exists(PROC), "no " + PROC);
        new KernelTables(PROC.getParent()).tentative();
        new KernelTables(PROC.getParent()).routers();
    }
}
