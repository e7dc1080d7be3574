package org.maunode.tools.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.maunode.device.driver.Survey;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.profile.Profile;
import org.maunode.device.profile.ProfileText;
import org.maunode.device.wire.BoardIdentity;
import org.maunode.device.wire.KernelFiles;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Output;
import org.maunode.tools.output.Quantities;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Begins a profile with what the board says that it has. */
@picocli.CommandLine.Command(name = "new", description = "ask the board what it has, and write a profile to start from")
final class ProfileNew implements Command {
    @Mixin
    Destination destination = new Destination();

    @Option(names = "--name", paramLabel = "NAME", description = "what to call it (default: board)")
    String name = "board";

    @Option(names = "--root", paramLabel = "DIR", description = "where the board's /sys is (default: /)")
    String root = "/";

    @Override
    public ExitCode run(Session session) throws IOException {
        if (!ChannelName.isWellFormed(name)) {
            throw new ToolException(
                    ExitCode.USAGE,
                    "\"" + name + "\" cannot name a profile",
                    "use a-z, 0-9 and single hyphens, a letter first");
        }
        KernelFiles kernel =
                KernelFiles.under(Path.of("/").resolve(session.shell().path(root)));
        Survey survey = Survey.of(kernel);
        String text = text(survey, new BoardIdentity(kernel).model().orElse("this board"));
        destination.write(session, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        tell(session.output(), survey);
        return ExitCode.OK;
    }

    private String text(Survey survey, String model) {
        Profile found = new Profile(name, 1, "What hangs on " + model, List.copyOf(survey.sensors()));
        return ProfileText.of(found, List.of("host"));
    }

    /** What is there and cannot be guessed: nobody knows what hangs on a pin. */
    private static void tell(Output output, Survey survey) {
        output.say(Quantities.count(survey.sensors().size(), "channel") + " found, beside those of \"host\"");
        survey.strangers().forEach(chip -> output.say(chip + ": no driver here; i2c-registers may read it"));
        tell(output, survey.i2cBuses(), "chips that the kernel does not know yet: see dtoverlay, or i2c-registers");
        tell(output, survey.gpioChips(), "pins for relay, led, button, contact and motion: see mau profile show door");
        tell(output, survey.pwmChips(), "channels for pwm and servo");
    }

    private static void tell(Output output, List<String> which, String what) {
        if (!which.isEmpty()) {
            output.say(String.join(", ", which) + ": " + what);
        }
    }
}
