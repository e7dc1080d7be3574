package org.maunode.tools.command;

import com.eclipsesource.json.JsonObject;
import org.maunode.device.profile.Profile;
import org.maunode.device.profile.Profiles;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Rows;
import org.maunode.tools.shell.ToolException;

/** Lists the ready profiles; its subcommands check, show and begin one. */
@picocli.CommandLine.Command(subcommands = {ProfileCheck.class, ProfileShow.class, ProfileNew.class})
final class ProfileCommand implements Command {
    private static final String SUFFIX = ".json";

    @Override
    public ExitCode run(Session session) {
        try (Rows rows = session.output().rows()) {
            Profiles.NAMES.stream().map(Profiles::ready).forEach(profile -> add(rows, profile));
        }
        return ExitCode.OK;
    }

    private static void add(Rows rows, Profile profile) {
        rows.add(
                new JsonObject()
                        .add("name", profile.name())
                        .add("profile", profile.id())
                        .add("title", profile.title())
                        .add("sensors", profile.sensors().size())
                        .add("actuators", profile.actuators().size()),
                profile.name(),
                profile.title());
    }

    /** A ready profile by its name, else the one in a file. */
    static Profile named(Session session, String nameOrFile) {
        boolean isFile = nameOrFile.contains("/") || nameOrFile.endsWith(SUFFIX);
        return isFile ? Profiles.load(session.shell().path(nameOrFile)) : ready(nameOrFile);
    }

    private static Profile ready(String name) {
        if (!Profiles.NAMES.contains(name)) {
            throw new ToolException(
                    ExitCode.NOT_FOUND,
                    "there is no ready profile \"" + name + "\"",
                    "mau profile lists them; a file has a slash or .json in its name");
        }
        return Profiles.ready(name);
    }
}
