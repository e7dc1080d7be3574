package org.maunode.tools;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.maunode.tools.shell.Stop;

/**
 * How the process ends. A signal asks a command that listens to finish, and then the exit code is the command's; a command
 * that does not listen is cut off, which every write here survives.
 */
final class Ending {
    private static final int PATIENCE_SECONDS = 5;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int code;

    static Ending watch(Stop stop) {
        Ending ending = new Ending();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.asked(stop), "mau-ending"));
        return ending;
    }

    private void asked(Stop stop) {
        if (finished.getCount() == 0 || !stop.isHeard()) {
            return;
        }
        stop.request();
        try {
            if (finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(code);
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    void with(int exitCode) {
        code = exitCode;
        finished.countDown();
        System.exit(exitCode);
    }
}
