package org.maunode.tools.command;

import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Records;
import org.maunode.tools.account.Session;
import picocli.CommandLine.Mixin;

/** Removes a friend from the keyring and all groups, and stops following. Their files are hidden, not deleted. */
final class Unfriend implements Command {
    @Mixin
    Who who = new Who();

    @Override
    public ExitCode run(Session session) {
        PublicIdentity friend = who.friend(session);
        session.keyring().remove(friend.fingerprint());
        session.store().unfollow(friend.fingerprint());
        session.output().record(Records.person(friend), People.display(friend) + "  " + friend.fingerprint());
        session.output().say("removed " + People.display(friend));
        return ExitCode.OK;
    }
}
