package org.maunode.tools.command;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.maunode.device.profile.Setting;
import org.maunode.device.vocabulary.Act;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sets an actuator of a node to a level. */
final class SetTo implements Command {
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,9})?");

    @Mixin
    Ordering ordering = new Ordering();

    @Parameters(index = "2", paramLabel = "VALUE", description = "a number in the channel's unit, or on or off")
    String value;

    @Override
    public ExitCode run(Session session) throws IOException, InterruptedException {
        return switch (value) {
            case "on", "true" -> ordering.run(session, Act.ACTIVATE, Setting.ON);
            case "off", "false" -> ordering.run(session, Act.DEACTIVATE, Setting.OFF);
            default -> ordering.run(session, Act.UPDATE, level());
        };
    }

    private Setting level() {
        if (!NUMBER.matcher(value).matches()) {
            throw new ToolException(ExitCode.USAGE, "\"" + value + "\" is neither a number nor on or off");
        }
        return new Setting.Level(new BigDecimal(value));
    }
}
