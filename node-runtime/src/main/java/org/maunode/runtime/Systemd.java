package org.maunode.runtime;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells systemd how the node is, when it runs under it. The JDK has no datagram Unix sockets, so systemd's own program
 * speaks for us; the unit file allows that with {@code NotifyAccess=all}.
 */
final class Systemd {
    private static final Logger LOG = Logger.getLogger("org.maunode.runtime");
    private final boolean present;

    Systemd(Map<String, String> environment) {
        this.present = environment.containsKey("NOTIFY_SOCKET");
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
