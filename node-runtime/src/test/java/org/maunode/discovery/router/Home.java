package org.maunode.discovery.router;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A home with a real router: the networks of {@code tools/src/acceptance/namespaces.bash}, gone when this is closed or this
 * process dies, whichever is first.
 */
final class Home implements AutoCloseable {
    private static final Path FUNCTIONS = Path.of("..", "tools", "src", "acceptance", "namespaces.bash");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String LOOP =
            """
            . "$1"
            echo "reason $(why_no_networks)$(why_no_miniupnpd)"
            while read -r line; do eval "$line" </dev/null; echo "status $?"; done
            """;

    private final Talker shell;
    private final String reason;

    Home() throws IOException, InterruptedException {
        shell = new Talker(List.of("bash", "-c", LOOP, "home", FUNCTIONS.toString()));
        reason = shell.await("reason", LIMIT).substring("reason".length()).trim();
    }

    /** Why this machine can have no such home; empty if it can. */
    String whyNot() {
        return reason;
    }

    /** Runs one line of bash, and waits for its end; whether it succeeded. */
    boolean does(String line) throws IOException, InterruptedException {
        shell.tell(line);
        return shell.await("status", LIMIT).equals("status 0");
    }

    /** What one line of bash prints, as one line. */
    String says(String line) throws IOException, InterruptedException {
        shell.tell("echo \"said $(" + line + ")\"");
        String said = shell.await("said", LIMIT).substring("said".length()).trim();
        shell.await("status", LIMIT);
        return said;
    }

    /** A node in the client's network. */
    Talker node(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "ip",
                "netns",
                "exec",
                says("echo $networks_id") + "-client",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-cp",
                "target/classes:target/test-classes",
                MapPort.class.getName()));
        command.addAll(List.of(words));
        return new Talker(command);
    }

    @Override
    public void close() throws IOException {
        shell.close();
    }
}
