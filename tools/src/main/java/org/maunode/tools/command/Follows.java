package org.maunode.tools.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Records;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Rows;

/** Lists who is followed, and where they are. */
@picocli.CommandLine.Command
final class Follows implements Command {
    @Override
    public ExitCode run(Session session) {
        People people = session.people();
        try (Rows rows = session.output().rows("nobody is followed yet; mau follow WHO changes that")) {
            for (Fingerprint peer : session.store().followed()) {
                people.key(peer).ifPresentOrElse(key -> add(session, rows, key), () -> stranger(session, peer));
            }
        }
        return ExitCode.OK;
    }

    private static void add(Session session, Rows rows, PublicIdentity key) {
        List<InetSocketAddress> known = session.addresses().addressesOf(key.fingerprint());
        rows.add(record(key, known), key.name(), key.email(), key.fingerprint().toString(), written(known));
    }

    /** A directory of somebody whose key is gone: nothing of it can be verified, so nothing is synced. */
    private static void stranger(Session session, Fingerprint peer) {
        session.output().warn("the directory " + peer + " belongs to no friend; mau friend KEYFILE adds one");
    }

    static JsonObject record(PublicIdentity key, List<InetSocketAddress> known) {
        return Records.person(key).add("address", known.isEmpty() ? Json.NULL : Json.value(written(known)));
    }

    static String line(PublicIdentity key, List<InetSocketAddress> known) {
        return (People.display(key) + "  " + key.fingerprint() + "  " + written(known)).stripTrailing();
    }

    private static String written(List<InetSocketAddress> known) {
        return known.stream().map(HostAndPort::format).collect(Collectors.joining(", "));
    }
}
