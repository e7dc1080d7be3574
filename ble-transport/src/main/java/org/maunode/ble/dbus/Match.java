package org.maunode.ble.dbus;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which signals are heard: those of which everything that is given here holds.
 *
 * @param sender who sends them; a well-known name stands for whoever has it
 * @param below objects at this path or under it
 */
public record Match(
        String sender,
        Optional<String> path,
        Optional<String> below,
        Optional<String> interfaceName,
        Optional<String> member,
        Optional<String> firstArgument) {
    public Match {
        Names.checkBusName(sender);
        path.ifPresent(Names::checkPath);
        below.ifPresent(Names::checkPath);
        interfaceName.ifPresent(Names::checkInterface);
        member.ifPresent(Names::checkMember);
        firstArgument.ifPresent(Match::checkQuotable);
        if (path.isPresent() && below.isPresent()) {
            throw new IllegalArgumentException("a match with a path, and with one above");
        }
    }

    private static void checkQuotable(String argument) {
        if (Objects.requireNonNull(argument).indexOf('\'') >= 0) {
            throw new IllegalArgumentException("a match with a quotation mark in it");
        }
    }

    /** All signals of somebody. */
    public static Match from(String sender) {
        return new Match(
                sender, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Match path(String other) {
        return new Match(sender, Optional.of(other), below, interfaceName, member, firstArgument);
    }

    public Match below(String other) {
        return new Match(sender, path, Optional.of(other), interfaceName, member, firstArgument);
    }

    public Match member(String otherInterface, String other) {
        return new Match(sender, path, below, Optional.of(otherInterface), Optional.of(other), firstArgument);
    }

    public Match firstArgument(String other) {
        return new Match(sender, path, below, interfaceName, member, Optional.of(other));
    }

    /** The rule as the bus reads it. */
    String rule() {
        List<String> parts = new ArrayList<>(List.of("type='signal'", "sender='" + sender + "'"));
        path.ifPresent(value -> parts.add("path='" + value + "'"));
        below.ifPresent(value -> parts.add("path_namespace='" + value + "'"));
        interfaceName.ifPresent(value -> parts.add("interface='" + value + "'"));
        member.ifPresent(value -> parts.add("member='" + value + "'"));
        firstArgument.ifPresent(value -> parts.add("arg0='" + value + "'"));
        return String.join(",", parts);
    }

    /** Whether a signal is meant, but for who sent it. */
    boolean covers(Message signal) {
        return holds(path, signal.path())
                && below.map(above -> isBelow(above, signal.path())).orElse(true)
                && holds(interfaceName, signal.interfaceName())
                && holds(member, signal.member())
                && firstArgument.map(wanted -> isFirst(wanted, signal)).orElse(true);
    }

    private static boolean holds(Optional<String> wanted, String value) {
        return wanted.isEmpty() || wanted.get().equals(value);
    }

    private static boolean isBelow(String above, String path) {
        return above.equals("/") || path.equals(above) || path.startsWith(above + "/");
    }

    private static boolean isFirst(String wanted, Message signal) {
        return !signal.body().isEmpty()
                && signal.body().getFirst() instanceof Value.Text(char type, String value)
                && value.equals(wanted);
    }
}
