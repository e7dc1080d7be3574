package org.maunode.tools.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Readers;
import org.maunode.tools.account.Session;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Option;

/** Whom a file is for, as the command line says it; never guessed. */
final class Audience {
    @Option(
            names = {"--fingerprints", "--with"},
            paramLabel = "WHO[,WHO]...",
            description = "seal for these friends: fingerprints, or names")
    List<String> people = List.of();

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "seal for the members of this group; may be repeated")
    List<String> groups = List.of();

    @Option(names = "--public", description = "sign only: everybody may read it")
    boolean everybody;

    @Option(names = "--private", description = "seal for yourself alone")
    boolean nobody;

    boolean isGiven() {
        return everybody || nobody || isForSome();
    }

    private boolean isForSome() {
        return !people.isEmpty() || !groups.isEmpty();
    }

    /** The readers that were chosen. */
    Readers readers(Session session) {
        if (!isGiven()) {
            throw new ToolException(
                    ExitCode.USAGE,
                    "who may read it is not said",
                    "choose --with WHO, --group GROUP, --public or --private");
        }
        if (everybody && (nobody || isForSome()) || nobody && isForSome()) {
            throw new ToolException(ExitCode.USAGE, "--public, --private and chosen readers exclude each other");
        }
        return everybody ? Readers.EVERYBODY : new Readers.Chosen(chosen(session), List.of());
    }

    /** Friends and members of groups, nobody twice. */
    private List<PublicIdentity> chosen(Session session) {
        Map<Fingerprint, PublicIdentity> chosen = new LinkedHashMap<>();
        for (String who : Inputs.many(people, List.of())) {
            PublicIdentity friend = session.people().friend(who);
            chosen.put(friend.fingerprint(), friend);
        }
        for (String group : groups) {
            members(session, group).forEach(member -> chosen.put(member.fingerprint(), member));
        }
        return List.copyOf(chosen.values());
    }

    private static List<PublicIdentity> members(Session session, String group) {
        Members.require(session, group);
        List<PublicIdentity> members = session.keyring().members(group);
        if (members.isEmpty()) {
            throw new ToolException(
                    ExitCode.NOT_FOUND, "nobody is in the group \"" + group + "\"", "mau groups add " + group + " WHO");
        }
        return members;
    }
}
