package org.maunode.tools.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.maunode.device.profile.Problem;
import org.maunode.device.profile.Profile;
import org.maunode.device.profile.ProfileException;
import org.maunode.device.profile.Profiles;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Quantities;
import picocli.CommandLine.Parameters;

/** Tells every mistake of a profile, as compilers do. */
@picocli.CommandLine.Command(name = "check", description = "tell every mistake of a profile, with line and column")
final class ProfileCheck implements Command {
    @Parameters(index = "0", paramLabel = "FILE", description = "the profile")
    String file;

    @Override
    public ExitCode run(Session session) throws IOException {
        try {
            sound(session, Profiles.load(Inputs.regular(session.shell().path(file))));
            return ExitCode.OK;
        } catch (ProfileException refusal) {
            unsound(session, refusal.problems());
            return ExitCode.USAGE;
        }
    }

    private void sound(Session session, Profile profile) {
        session.output().record(record(true, List.of()).set("profile", profile.id()));
        session.output()
                .say(file + " is sound: " + Quantities.count(profile.sensors().size(), "sensor") + ", "
                        + Quantities.count(profile.actuators().size(), "actuator"));
    }

    private void unsound(Session session, List<Problem> problems) {
        String[] lines = problems.stream()
                .map(problem -> problem.source() + ":" + problem)
                .toArray(String[]::new);
        session.output().record(record(false, problems), lines);
        session.output().say(file + " is not used: " + Quantities.count(problems.size(), "mistake"));
    }

    private JsonObject record(boolean sound, List<Problem> problems) {
        JsonArray list = new JsonArray();
        problems.forEach(problem -> list.add(new JsonObject()
                .add("file", problem.source())
                .add("line", problem.line())
                .add("column", problem.column())
                .add("message", problem.message())
                .add("suggestion", problem.suggestion())));
        return new JsonObject()
                .add("file", file)
                .add("sound", sound)
                .add("profile", Json.NULL)
                .add("problems", list);
    }
}
