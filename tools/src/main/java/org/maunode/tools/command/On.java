package org.maunode.tools.command;

import java.io.IOException;
import org.maunode.device.profile.Setting;
import org.maunode.device.vocabulary.Act;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import picocli.CommandLine.Mixin;

/** Turns an actuator of a node on. */
final class On implements Command {
    @Mixin
    Ordering ordering = new Ordering();

    @Override
    public ExitCode run(Session session) throws IOException, InterruptedException {
        return ordering.run(session, Act.ACTIVATE, Setting.ON);
    }
}
