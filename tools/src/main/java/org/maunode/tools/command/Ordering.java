package org.maunode.tools.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.maunode.ble.gatt.GattException;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.profile.Setting;
import org.maunode.device.vocabulary.Act;
import org.maunode.device.vocabulary.Command;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Session;
import org.maunode.tools.order.Answer;
import org.maunode.tools.order.Dispatcher;
import org.maunode.tools.order.Dispatcher.Written;
import org.maunode.tools.order.Order;
import org.maunode.tools.order.Results;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code on}, {@code off} and {@code set} have in common: a node's channel, and the wait for what it does. */
final class Ordering {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,8})([smhd])");

    /** For hearing a node, and again for connecting: some radios tell of a node only when a scan begins anew. */
    private static final Duration HEARING = Duration.ofSeconds(40);

    @Parameters(index = "0", paramLabel = "WHO", description = "the node: a fingerprint, or the name of a friend")
    String who;

    @Parameters(index = "1", paramLabel = "CHANNEL", description = "what hangs on it, by the name in its node.json")
    String channel;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description =
                    "how long: 5s, 10m, 2h, 1d; then it goes back by itself (default: as long as the node allows)")
    Optional<String> time = Optional.empty();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "how long the node may take to obey, at most 1d (default: 1m)")
    String expires = "1m";

    @Option(names = "--address", paramLabel = "HOST[:PORT]", description = "where the node is; remembered")
    Optional<String> address = Optional.empty();

    @Option(names = "--ble", description = "reach it by Bluetooth LE, with no network at all")
    boolean byRadio;

    @Mixin
    Adapter adapter = new Adapter();

    @Option(names = "--no-wait", description = "leave the command there, or for the node to fetch, and end")
    boolean noWait;

    @Option(names = "--timeout", paramLabel = "TIME", description = "how long to wait for the result (default: 30s)")
    String timeout = "30s";

    ExitCode run(Session session, Act act, Setting setting) throws IOException, InterruptedException {
        Order order = order(act, setting);
        Duration patience = span("--timeout", timeout);
        PublicIdentity node = session.people().friend(who);
        address.map(Follow::parse).ifPresent(where -> session.addresses().remember(node.fingerprint(), where));
        Dispatcher dispatcher = new Dispatcher(session, node);
        try (Way way = way(session)) {
            return send(session, dispatcher, order, node, way, patience);
        }
    }

    private Way way(Session session) {
        if (byRadio && address.isPresent()) {
            throw new ToolException(ExitCode.USAGE, "--address is a place in a network, and --ble needs none");
        }
        return byRadio ? Way.radio(session, adapter, HEARING) : Way.network(session);
    }

    private Order order(Act act, Setting setting) {
        if (!ChannelName.isWellFormed(channel)) {
            throw new ToolException(ExitCode.USAGE, "\"" + channel + "\" is no channel's name");
        }
        Duration validity = span("--expires", expires);
        if (validity.compareTo(Command.MAX_VALIDITY) > 0) {
            throw new ToolException(ExitCode.USAGE, "--expires " + expires + ": a command is good for a day at most");
        }
        return new Order(channel, act, setting, time.map(text -> span("--for", text)), validity);
    }

    private static Duration span(String option, String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches() || Long.parseLong(span.group(1)) == 0) {
            throw new ToolException(
                    ExitCode.USAGE, option + " " + text + ": no span of time", "write 5s, 10m, 2h or 1d");
        }
        long count = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** The node is called before the command is signed, so that none lies about that nobody can bring. */
    private ExitCode send(
            Session session, Dispatcher dispatcher, Order order, PublicIdentity node, Way way, Duration patience)
            throws IOException, InterruptedException {
        Optional<RemotePeer> reached = noWait ? tryReach(session, node, way) : Optional.of(way.reach(node));
        if (reached.isEmpty()) {
            Written left = dispatcher.write(order);
            session.output().say("left for " + People.display(node) + " to fetch until it expires");
            return tell(session, left, Optional.empty());
        }
        try (RemotePeer remote = reached.get()) {
            Results results = new Results(
                    remote, session.shell().clock().instant(), session.shell().stop());
            Written written = dispatcher.write(order);
            bring(dispatcher, written, remote, node);
            Optional<Answer> answer = noWait ? Optional.empty() : dispatcher.await(written, results, patience);
            return tell(session, written, answer);
        }
    }

    private static Optional<RemotePeer> tryReach(Session session, PublicIdentity node, Way way) {
        try {
            return Optional.of(way.reach(node));
        } catch (ExchangeException | GattException away) {
            session.output().warn(People.display(node) + " is not reached: " + away.getMessage());
            return Optional.empty();
        }
    }

    private static void bring(Dispatcher dispatcher, Written written, RemotePeer remote, PublicIdentity node)
            throws IOException {
        try {
            dispatcher.bring(written, remote);
        } catch (ExchangeException refused) {
            if (refused.reason() == ExchangeException.Reason.NOT_ALLOWED) {
                throw new ToolException(
                        ExitCode.DENIED,
                        People.display(node) + " takes no files of yours",
                        "whoever runs it adds you: mau friend YOUR_KEY, mau follow YOU, mau groups add GROUP YOU");
            }
            throw refused;
        }
    }

    private ExitCode tell(Session session, Written written, Optional<Answer> answer) {
        JsonObject record = new JsonObject()
                .add("command", written.id().address())
                .add("channel", channel)
                .add("expires", written.expires().toString());
        JsonObject nothing = new JsonObject()
                .add("result", Json.NULL)
                .add("description", Json.NULL)
                .add("autoOffAt", Json.NULL);
        record.merge(answer.map(Answer::json).orElse(nothing));
        String line = answer.map(done -> done.code() + "  " + done.words())
                .orElseGet(() -> "sent  " + written.id().ulid());
        session.output().record(record, line);
        if (answer.isEmpty() && !noWait) {
            session.output().say("the node has not answered yet; mau sync fetches the result when it does");
            return ExitCode.UNANSWERED;
        }
        return answer.map(Answer::exitCode).orElse(ExitCode.OK);
    }
}
