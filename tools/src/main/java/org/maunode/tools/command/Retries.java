package org.maunode.tools.command;

import org.maunode.runtime.ExitCode;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Option;

/** How often a command goes on after a link was cut. */
final class Retries {
    @Option(
            names = "--retry",
            paramLabel = "N",
            description = "how often in a row to connect again in vain after the link was cut (default: 3)")
    int retries = 3;

    int count() {
        if (retries < 0) {
            throw new ToolException(ExitCode.USAGE, "--retry " + retries + ": not a number from 0 on");
        }
        return retries;
    }
}
