package org.maunode.ble.dbus;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The socket at which a bus listens. */
public record BusAddress(Path socket) {
    private static final String UNIX_PATH = "unix:path=";

    /** Where the system bus is unless the environment says otherwise. */
    private static final String USUAL = "unix:path=/run/dbus/system_bus_socket";

    private static final Pattern ESCAPE = Pattern.compile("%(..)");

    public BusAddress {
        Objects.requireNonNull(socket);
    }

    /** The system bus of this machine: {@code DBUS_SYSTEM_BUS_ADDRESS}, or the usual place. */
    public static BusAddress system(Map<String, String> environment) {
        return parse(environment.getOrDefault("DBUS_SYSTEM_BUS_ADDRESS", USUAL));
    }

    /**
     * Reads an address as D-Bus writes them: the first of those in it that is a path of this machine.
     *
     * @throws DBusException with {@code NO_BUS} if none is
     */
    public static BusAddress parse(String text) {
        return Arrays.stream(text.split(";"))
                .filter(each -> each.startsWith(UNIX_PATH))
                .map(each -> each.substring(UNIX_PATH.length()).split(",")[0])
                .findFirst()
                .flatMap(BusAddress::unescape)
                .map(path -> new BusAddress(Path.of(path)))
                .orElseThrow(() -> new DBusException(
                        DBusException.Reason.NO_BUS, "\"" + text + "\" names no socket as in unix:path=/run/..."));
    }

    /** Bytes other than plain ones are written as %20; ours are ASCII in practice. */
    private static Optional<String> unescape(String path) {
        try {
            String plain = ESCAPE.matcher(path)
                    .replaceAll(escape ->
                            Matcher.quoteReplacement(String.valueOf((char) HexFormat.fromHexDigits(escape.group(1)))));
            return Optional.of(plain);
        } catch (IllegalArgumentException notHexadecimal) {
            return Optional.empty();
        }
    }

    SocketChannel open() {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            return connected(channel);
        } catch (IOException refused) {
            throw new DBusException(
                    DBusException.Reason.NO_BUS, "no bus at " + socket + ": " + refused.getMessage(), refused);
        }
    }

    private SocketChannel connected(SocketChannel channel) throws IOException {
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            return channel;
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    @Override
    public String toString() {
        return UNIX_PATH + socket;
    }
}
