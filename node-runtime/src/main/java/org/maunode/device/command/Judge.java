package org.maunode.device.command;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.maunode.device.command.Verdict.Dismiss;
import org.maunode.device.command.Verdict.Obey;
import org.maunode.device.command.Verdict.Refuse;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.Setting;
import org.maunode.device.profile.Unit;
import org.maunode.device.vocabulary.Command;
import org.maunode.device.vocabulary.CommandId;
import org.maunode.device.vocabulary.ResultCode;
import org.maunode.identity.Fingerprint;

/** When a node obeys a command: the vocabulary's rules, in their order. Changes nothing. */
final class Judge {
    /** How far a commander's clock may be ahead of ours. */
    static final Duration AHEAD = Duration.ofMinutes(5);

    /** Whether somebody is a member of a group now. */
    @FunctionalInterface
    interface Rights {
        boolean has(Fingerprint who, ActuatorChannel channel);
    }

    private final Fingerprint self;
    private final List<ActuatorFeed> feeds;
    private final Rights rights;
    private final DeskClock clock;

    Judge(Fingerprint self, List<ActuatorFeed> feeds, Rights rights, DeskClock clock) {
        this.self = Objects.requireNonNull(self);
        this.feeds = List.copyOf(feeds);
        this.rights = Objects.requireNonNull(rights);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * @param named the command that the file's place and name say that it is
     * @param counter the highest that the commander's key has spent
     */
    Verdict judge(Command command, CommandId named, long counter) {
        if (!command.recipient().equals(self.toString())) {
            return new Dismiss(ResultCode.DENIED, "the command is for another node, " + command.recipient());
        }
        Optional<ActuatorFeed> feed = feed(command.channel());
        if (!isAllowed(Fingerprint.of(named.author()), feed)) {
            return new Dismiss(ResultCode.DENIED, "this key may not command " + command.channel());
        }
        if (command.counter() <= counter) {
            return new Dismiss(
                    ResultCode.REPLAYED,
                    "the counter " + command.counter() + " is not higher than " + counter + ", the last of this key");
        }
        if (!command.id().equals(named)) {
            return new Dismiss(
                    ResultCode.DENIED,
                    "the file holds the command " + command.id().address());
        }
        return feed.map(known -> timely(command).orElseGet(() -> fitting(command, known)))
                .orElseGet(
                        () -> new Refuse(ResultCode.UNKNOWN_CHANNEL, "this node has no actuator " + command.channel()));
    }

    Optional<ActuatorFeed> feed(String channel) {
        return feeds.stream()
                .filter(feed -> feed.channel().name().value().equals(channel))
                .findFirst();
    }

    /** Who may command nothing is not told what there is. */
    private boolean isAllowed(Fingerprint who, Optional<ActuatorFeed> feed) {
        return feed.map(known -> rights.has(who, known.channel()))
                .orElseGet(() -> feeds.stream().anyMatch(any -> rights.has(who, any.channel())));
    }

    /** A node that is unsure of the time goes by the counter. */
    private Optional<Verdict> timely(Command command) {
        Instant now = clock.now();
        if (!clock.isSure().getAsBoolean()) {
            return Optional.empty();
        }
        if (now.isAfter(command.expires())) {
            return Optional.of(new Refuse(
                    ResultCode.EXPIRED,
                    "the command expired at " + seconds(command.expires()) + ", and it is " + seconds(now)));
        }
        return command.start().isAfter(now.plus(AHEAD))
                ? Optional.of(new Refuse(
                        ResultCode.DENIED,
                        "the command is of " + seconds(command.start()) + ", and it is only " + seconds(now)))
                : Optional.empty();
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private Verdict fitting(Command command, ActuatorFeed feed) {
        ActuatorChannel channel = feed.channel();
        Optional<String> unit = channel.quantity().unit().map(Unit::code);
        if (command.unitCode().filter(code -> !unit.equals(Optional.of(code))).isPresent()) {
            return new Refuse(
                    ResultCode.OUT_OF_RANGE,
                    channel.name() + " takes no " + command.unitCode().orElseThrow());
        }
        if (!channel.accepts(command.setting())) {
            return new Refuse(ResultCode.OUT_OF_RANGE, channel.name() + " takes " + values(channel));
        }
        Setting wanted = channel.rounded(command.setting());
        return feed.isTooSoonFor(wanted, clock.nanos())
                ? new Refuse(
                        ResultCode.BUSY,
                        channel.name() + " is switched at most every "
                                + Unit.SECOND.spell(BigDecimal.valueOf(
                                        channel.safety().leastBetween().toSeconds())))
                : new Obey(feed, wanted);
    }

    private static String values(ActuatorChannel channel) {
        return channel.quantity()
                .unit()
                .map(unit -> "numbers from " + unit.spell(channel.range().least()) + " to "
                        + unit.spell(channel.range().most()))
                .orElse("on or off");
    }
}
