package org.maunode.tools.command;

import java.io.IOException;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;

/** One word of the command line; its options were filled in before it runs, once. */
public interface Command {
    /**
     * Does what was asked.
     *
     * @throws IOException if a file that the user named cannot be read or written
     * @throws InterruptedException if the process is ending
     */
    ExitCode run(Session session) throws IOException, InterruptedException;
}
