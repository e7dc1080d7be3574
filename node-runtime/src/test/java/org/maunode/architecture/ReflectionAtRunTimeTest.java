package org.maunode.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Watches a node live a day in a minute under JFR's method tracing, and names every direct reflective caller outside the
 * JDK. Those that are accepted stand in docs/reflection.md with a reason each; one that is accepted and no longer seen
 * fails too, so that the list stays short.
 */
class ReflectionAtRunTimeTest {
    private static final List<String> TRACED = List.of(
            "java.lang.reflect.Method::invoke",
            "java.lang.reflect.Constructor::newInstance",
            "java.lang.reflect.Field::get",
            "java.lang.reflect.Field::set",
            "java.lang.reflect.Proxy::newProxyInstance",
            "java.lang.Class::forName",
            "java.lang.Class::getMethod",
            "java.lang.Class::getDeclaredMethod",
            "java.lang.Class::getDeclaredConstructor",
            "java.util.ServiceLoader::load",
            "java.lang.invoke.MethodHandles::lookup");

    /** Frames of a stack: enough to see past the traced method's own, and few enough for a day's events in memory. */
    private static final String FRAMES = "16";

    private static final Pattern ACCEPTED = Pattern.compile("^- `([^`]+)`:", Pattern.MULTILINE);

    @TempDir
    private Path place;

    @Test
    void onlyTheAcceptedCallersReflect() throws Exception {
        Path recording = place.resolve("day.jfr");
        live(recording);
        Set<String> seen = new TreeSet<>();
        JsonArray events = events(recording);
        assertFalse(events.isEmpty(), "nothing was traced: not even the launcher, which calls Class.forName");
        for (JsonValue event : events) {
            directCaller(event.asObject()).ifPresent(seen::add);
        }
        assertEquals(accepted(), seen);
    }

    private void live(Path recording) throws Exception {
        List<String> command = new ArrayList<>(List.of(tool("java")));
        command.add("-XX:FlightRecorderOptions:stackdepth=" + FRAMES);
        command.add("-XX:StartFlightRecording:filename=" + recording + ",method-trace=" + String.join(";", TRACED));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.maunode.runtime.DayInAMinute"));
        command.add(Files.createDirectory(place.resolve("homes")).toString());
        String said = run(command, place.resolve("day.txt"));
        assertTrue(said.contains("the day is over"), said);
    }

    private JsonArray events(Path recording) throws Exception {
        Path json = place.resolve("events.json");
        run(
                List.of(
                        tool("jfr"),
                        "print",
                        "--json",
                        "--stack-depth",
                        FRAMES,
                        "--events",
                        "jdk.MethodTrace",
                        recording.toString()),
                json);
        try (Reader reader = Files.newBufferedReader(json)) {
            return Json.parse(reader)
                    .asObject()
                    .get("recording")
                    .asObject()
                    .get("events")
                    .asArray();
        }
    }

    /** The frame under the traced method; none if that is the JDK's own business. */
    private static Optional<String> directCaller(JsonObject event) {
        JsonObject values = event.get("values").asObject();
        JsonValue trace = values.get("stackTrace");
        if (trace == null || trace.isNull()) {
            return Optional.empty();
        }
        String traced = methodName(values.get("method").asObject());
        for (JsonValue frame : trace.asObject().get("frames").asArray()) {
            String method = methodName(frame.asObject().get("method").asObject());
            if (!method.equals(traced)) {
                return Optional.of(method + " -> " + traced).filter(_ -> !isJdk(method));
            }
        }
        return Optional.empty();
    }

    private static String methodName(JsonObject method) {
        String type = method.get("type").asObject().get("name").asString().replace('/', '.');
        return type + "." + method.get("name").asString();
    }

    private static boolean isJdk(String method) {
        return method.matches("(java|javax|jdk|sun|com\\.sun)\\..*");
    }

    private static Set<String> accepted() throws IOException {
        Set<String> accepted = new TreeSet<>();
        Matcher matcher = ACCEPTED.matcher(Files.readString(Path.of("..", "docs", "reflection.md")));
        while (matcher.find()) {
            accepted.add(matcher.group(1));
        }
        return accepted;
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static String run(List<String> command, Path output) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(100, TimeUnit.SECONDS), command + " did not end");
            String said = Files.readString(output);
            assertEquals(0, process.exitValue(), said);
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
