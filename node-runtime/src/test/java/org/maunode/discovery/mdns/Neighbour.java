package org.maunode.discovery.mdns;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.maunode.discovery.net.NetworkWatch;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

/**
 * A peer of a test in a process of its own, in a network of its own: says {@code seen CONTACT} for whoever appears.
 *
 * <pre>
 * arguments: PORT FINGERPRINT, or none to be hidden
 * find FPR   says "found FPR ADDRESS" for each address, then "end FPR"
 * end of input: says goodbye, and ends
 * </pre>
 */
final class Neighbour {
    private Neighbour() {}

    public static void main(String[] arguments) throws Exception {
        Presence presence = arguments.length == 0
                ? new Presence.Hidden()
                : new Presence.Announced(Fingerprint.of(arguments[1]), Integer.parseInt(arguments[0]));
        try (NetworkWatch watch = NetworkWatch.start();
                LocalNetwork network = LocalNetwork.start(presence, watch)) {
            network.onSeen(contact -> say("seen " + contact));
            say("ready");
            obey(network);
        }
        say("ended");
    }

    private static void obey(LocalNetwork network) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String peer = order.substring("find ".length());
            network.resolve(Fingerprint.of(peer), address -> say("found " + peer + " " + HostAndPort.format(address)));
            say("end " + peer);
        }
    }

    /** Whether such a peer said this line because it was told to find somebody. */
    static boolean isFinding(String line) {
        return line.startsWith("found ") || line.startsWith("end ");
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
