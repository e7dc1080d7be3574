package org.maunode.ble.dbus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The lines before the first message (D-Bus specification 0.43, "Authentication Protocol"): the kernel tells the bus who we are.
 *
 * <pre>
 *   we                                     the bus
 *   0  AUTH EXTERNAL 31303030 ──────────►
 *      ◄────────────────────────────────── OK 1234deadbeef
 *   BEGIN ──────────────────────────────►
 *   messages                               messages
 * </pre>
 */
final class Greeting {
    private Greeting() {}

    /** The user whose process this is. */
    static int user() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    static byte[] opening(int user) {
        byte[] digits = Integer.toUnsignedString(user).getBytes(StandardCharsets.US_ASCII);
        return ascii("\0AUTH EXTERNAL " + HexFormat.of().formatHex(digits) + "\r\n");
    }

    /**
     * What we say to the line of the bus.
     *
     * @throws DBusException with {@code NO_BUS} if it does not let us in
     */
    static byte[] answer(String line) {
        if (line.startsWith("OK ")) {
            return ascii("BEGIN\r\n");
        }
        throw new DBusException(DBusException.Reason.NO_BUS, "the bus does not let this user in: it says " + line);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
