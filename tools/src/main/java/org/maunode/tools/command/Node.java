package org.maunode.tools.command;

import java.time.Duration;
import java.util.regex.Pattern;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.identity.Fingerprint;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.radio.Goal;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The one node in radio range that a command is about. */
final class Node {
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f]{1,2}([:-][0-9A-Fa-f]{1,2}){2,}");
    private static final int LONGEST_SECONDS = 3600;

    @Parameters(
            index = "0",
            paramLabel = "ADDRESS",
            description = "its Bluetooth address, or a friend whose node is looked for")
    String address;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "for finding it and connecting (default: 40)")
    int seconds = 40;

    Duration patience() {
        if (seconds < 1 || seconds > LONGEST_SECONDS) {
            throw new ToolException(
                    ExitCode.USAGE, "--timeout " + seconds + ": not a number between 1 and " + LONGEST_SECONDS);
        }
        return Duration.ofSeconds(seconds);
    }

    Goal goal(Session session) {
        if (ADDRESS.matcher(address).matches()) {
            return new Goal.At(parsed());
        }
        Fingerprint who = session.people().named(address);
        return new Goal.Peer(who, session.people().display(who));
    }

    private BluetoothAddress parsed() {
        try {
            return BluetoothAddress.parse(address.replace('-', ':'));
        } catch (IllegalArgumentException malformed) {
            throw new ToolException(ExitCode.USAGE, malformed.getMessage(), malformed);
        }
    }
}
