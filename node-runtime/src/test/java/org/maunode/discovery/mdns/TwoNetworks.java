package org.maunode.discovery.mdns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * Two machines, as far as the network goes: namespaces {@code west} (10.77.0.1) and {@code east} (10.77.0.2) with a cable,
 * {@value #CABLE}, between them. A test that cannot make them is skipped.
 */
final class TwoNetworks implements AutoCloseable {
    static final String CABLE = "ve0";
    static final String WEST_ADDRESS = "10.77.0.1";
    static final String EAST_ADDRESS = "10.77.0.2";

    private final String west = "mau-mdns-w" + ProcessHandle.current().pid();
    private final String east = "mau-mdns-e" + ProcessHandle.current().pid();
    private final List<Program> programs = new ArrayList<>();

    private TwoNetworks() {}

    /** @throws TestAbortedException if this machine does not let us */
    static TwoNetworks connected() {
        TwoNetworks both = new TwoNetworks();
        try {
            both.make();
            return both;
        } catch (IOException notAllowed) {
            both.close();
            throw new TestAbortedException("network namespaces cannot be made here: " + notAllowed.getMessage());
        }
    }

    private void make() throws IOException {
        run("ip", "netns", "add", west);
        run("ip", "netns", "add", east);
        run("ip", "link", "add", CABLE, "netns", west, "type", "veth", "peer", "name", CABLE, "netns", east);
        configure(west, WEST_ADDRESS);
        configure(east, EAST_ADDRESS);
    }

    private void configure(String namespace, String address) throws IOException {
        run("ip", "-n", namespace, "link", "set", "lo", "up");
        run("ip", "-n", namespace, "address", "add", address + "/24", "dev", CABLE);
        run("ip", "-n", namespace, "link", "set", CABLE, "up");
    }

    /** Runs {@code ip} for the west. */
    void west(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", west));
        command.addAll(Arrays.asList(words));
        run(command.toArray(String[]::new));
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw new IOException(hurry);
        }
    }

    Program inWest(List<String> command) throws IOException {
        return start(west, command);
    }

    Program inEast(List<String> command) throws IOException {
        return start(east, command);
    }

    private Program start(String namespace, List<String> command) throws IOException {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        words.addAll(command);
        Program program = Program.start(new ProcessBuilder(words));
        programs.add(program);
        return program;
    }

    /** A class of the tests as a command. */
    static List<String> java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    @Override
    public void close() {
        for (int i = programs.size() - 1; i >= 0; i--) {
            programs.get(i).close();
        }
        for (String namespace : List.of(west, east)) {
            try {
                run("ip", "netns", "delete", namespace);
            } catch (IOException notThere) {
                // It could not be made.
            }
        }
    }
}
