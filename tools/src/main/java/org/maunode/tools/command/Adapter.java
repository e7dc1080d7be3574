package org.maunode.tools.command;

import java.util.Optional;
import org.maunode.tools.account.Session;
import org.maunode.tools.radio.Radio;
import picocli.CommandLine.Option;

/** By which adapter a command reaches nodes. */
final class Adapter {
    @Option(
            names = "--adapter",
            paramLabel = "ADAPTER",
            description = "the Bluetooth adapter, by its address or as hci0 (default: the first that is on)")
    Optional<String> adapter = Optional.empty();

    Radio open(Session session) {
        return Radio.open(session, adapter);
    }
}
