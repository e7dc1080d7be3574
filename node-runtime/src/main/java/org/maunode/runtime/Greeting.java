package org.maunode.runtime;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.SensorChannel;
import org.maunode.identity.Fingerprint;

/** The block that a node prints when it serves: who it is, where, for whom, and how to follow it. */
record Greeting(
        String name,
        Fingerprint fingerprint,
        String home,
        List<String> addresses,
        Optional<String> readers,
        List<SensorChannel> sensors,
        List<ActuatorChannel> actuators) {
    private static final int LABEL = 13;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._-]+");

    String text() {
        String somewhere = addresses.isEmpty() ? "ADDRESS" : addresses.getFirst();
        StringBuilder text = new StringBuilder();
        line(text, "Mau node", name);
        line(text, "fingerprint", fingerprint.toString());
        addresses.forEach(address -> line(text, "address", "https://" + address + "/p2p/" + fingerprint));
        line(
                text,
                "readers",
                readers.map(group -> "the group " + group + ", sealed").orElse("everybody, signed"));
        line(text, "publishes", publishes());
        actuators.forEach(actuator ->
                line(text, "obeys", actuator.name() + ", commanded by the group " + actuator.controllers()));
        line(text, "files", home + "/" + fingerprint);
        line(
                text,
                "follow it",
                "bin/mau --home " + quoted(home) + " export > node.asc   # here; then elsewhere, after bin/mau init:");
        line(text, "", "bin/mau friend node.asc && bin/mau follow " + fingerprint + " && \\");
        line(text, "", "bin/mau sync --fingerprint " + fingerprint + " --address " + somewhere);
        return text.toString();
    }

    private String publishes() {
        return sensors.isEmpty()
                ? "nothing: this machine has none of the profile's sensors"
                : String.join(
                        ", ",
                        sensors.stream().map(sensor -> sensor.name().value()).toList());
    }

    /** A path as a shell takes it. */
    private static String quoted(String path) {
        return PLAIN.matcher(path).matches() ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(label)
                .append(" ".repeat(Math.max(1, LABEL - label.length())))
                .append(value)
                .append('\n');
    }
}
