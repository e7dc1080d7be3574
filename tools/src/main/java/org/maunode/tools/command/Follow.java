package org.maunode.tools.command;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.maunode.identity.HostAndPort;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Session;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes room for a friend's files, and remembers where the friend is. */
final class Follow implements Command {
    @Mixin
    Who who = new Who();

    @Option(names = "--address", paramLabel = "HOST[:PORT]", description = "where to fetch from; remembered")
    Optional<String> address = Optional.empty();

    @Override
    public ExitCode run(Session session) {
        PublicIdentity friend = who.friend(session);
        Optional<InetSocketAddress> given = address.map(Follow::parse);
        session.store().follow(friend.fingerprint());
        given.ifPresent(where -> session.addresses().remember(friend.fingerprint(), where));
        List<InetSocketAddress> known = session.addresses().addressesOf(friend.fingerprint());
        session.output().record(Follows.record(friend, known), Follows.line(friend, known));
        session.output().say("following " + People.display(friend) + "; mau sync fetches their files");
        return ExitCode.OK;
    }

    /** An address as the user wrote it. */
    static InetSocketAddress parse(String text) {
        try {
            return HostAndPort.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new ToolException(ExitCode.USAGE, malformed.getMessage(), malformed);
        }
    }
}
