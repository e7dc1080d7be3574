package org.maunode.tools.command;

import com.eclipsesource.json.JsonObject;
import org.maunode.identity.Fingerprint;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Mixin;

/** Hides a peer's directory, so that it is no longer synced or read. */
final class Unfollow implements Command {
    @Mixin
    Who who = new Who();

    @Override
    public ExitCode run(Session session) {
        Fingerprint peer = session.people().named(who.text());
        if (!session.store().followed().contains(peer)) {
            throw new ToolException(
                    ExitCode.NOT_FOUND,
                    "you do not follow " + session.people().display(peer),
                    "mau follows lists whom you follow");
        }
        session.store().unfollow(peer);
        session.output()
                .record(
                        new JsonObject()
                                .add("name", session.people().display(peer))
                                .add("fingerprint", peer.toString()),
                        session.people().display(peer) + "  " + peer);
        session.output()
                .say("no longer following; the files stay, hidden, in "
                        + session.home().resolve("." + peer));
        return ExitCode.OK;
    }
}
