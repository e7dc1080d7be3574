package org.maunode.runtime;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells systemd how the node is, when it runs under it. The JDK has no datagram Unix sockets, so systemd's own program
 * speaks for us; the unit file allows that with {@code NotifyAccess=all}.
 */
final class Systemd {
    private static final Logger LOG = Logger.getLogger("org.maunode.runtime");

    /** How often within the watchdog's time it is answered: one answer may come late. */
    private static final int ANSWERS = 3;

    private final boolean present;
    private final Optional<Duration> watchdog;

    Systemd(Map<String, String> environment) {
        this.present = environment.containsKey("NOTIFY_SOCKET");
        this.watchdog = present
                ? Optional.ofNullable(environment.get("WATCHDOG_USEC")).flatMap(Systemd::micros)
                : Optional.empty();
    }

    /** sd_watchdog_enabled(3); what is no number of microseconds asks for nothing. */
    private static Optional<Duration> micros(String text) {
        try {
            return Optional.of(Duration.of(Long.parseLong(text), ChronoUnit.MICROS))
                    .filter(time -> time.toMillis() > 0);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** How long to wait before the watchdog is answered again; empty if there is none. */
    Optional<Duration> pause() {
        return watchdog.map(time -> time.dividedBy(ANSWERS));
    }

    /**
     * Waits until the node is asked to end. Meanwhile it answers the watchdog, if there is one, as long as the node is
     * alive; otherwise systemd ends the process and starts it again.
     */
    void watch(CountDownLatch asked, BooleanSupplier isAlive) throws InterruptedException {
        if (watchdog.isEmpty()) {
            asked.await();
            return;
        }
        while (!asked.await(pause().orElseThrow().toMillis(), TimeUnit.MILLISECONDS)) {
            if (isAlive.getAsBoolean()) {
                say("WATCHDOG=1");
            } else {
                LOG.severe("the thread of the actuators is stuck: the watchdog is not answered");
            }
        }
    }

    void ready(String status) {
        say("READY=1", "STATUS=" + status, "MAINPID=" + ProcessHandle.current().pid());
    }

    void stopping() {
        say("STOPPING=1");
    }

    private void say(String... states) {
        if (!present) {
            return;
        }
        ProcessBuilder notify = new ProcessBuilder("systemd-notify");
        notify.command().addAll(List.of(states));
        notify.redirectErrorStream(true).redirectOutput(Redirect.DISCARD);
        try {
            notify.start();
        } catch (IOException missing) {
            LOG.log(
                    Level.WARNING,
                    "systemd asks to be notified, but systemd-notify cannot be run: {0}",
                    missing.getMessage());
        }
    }
}
