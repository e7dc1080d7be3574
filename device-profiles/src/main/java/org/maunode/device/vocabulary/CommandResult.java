package org.maunode.device.vocabulary;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.maunode.device.profile.ActuatorChannel;

/**
 * What became of a command as a document: the command's action of schema.org, which is also a {@code mau:CommandResult}.
 *
 * @param about the command; of several that are answered together, the last
 * @param words what happened, for people: {@code the pump is on until 08:26:02}, {@code the command had expired}
 * @param channel the command's channel, if there is one of that name
 * @param state that the channel is in afterwards, where the command was obeyed
 * @param from when the node took it up, and {@code until} when it was done with it
 */
public record CommandResult(
        NodeId node,
        About about,
        ResultCode code,
        String words,
        Optional<ActuatorChannel> channel,
        Optional<State> state,
        Instant from,
        Instant until) {

    /** Commands that one result names, if it answers several; it counts them all. */
    public static final int MOST_NAMED = 50;

    /**
     * The command, as far as it was read.
     *
     * @param sha256 of its file, in lower-case hexadecimal digits; empty if the file was not read
     * @param name its line for people
     * @param together other commands of the same author that this answers too
     */
    public record About(CommandId id, String sha256, Act act, String name, List<CommandId> together) {
        public About {
            Objects.requireNonNull(id);
            Objects.requireNonNull(sha256);
            Objects.requireNonNull(act);
            Objects.requireNonNull(name);
            together = List.copyOf(together);
        }
    }

    public CommandResult {
        Objects.requireNonNull(node);
        Objects.requireNonNull(about);
        Objects.requireNonNull(code);
        Objects.requireNonNull(words);
        Objects.requireNonNull(channel);
        Objects.requireNonNull(state);
        Objects.requireNonNull(from);
        Objects.requireNonNull(until);
    }

    /** JSON-LD, with its keys in a fixed order. */
    public String toJson() {
        JsonObject document = LinkedData.document(
                        node.path() + "/" + CommandId.resultOf(about.id().ulid()) + ".pgp")
                .add("@type", LinkedData.types(about.act().type(), Term.COMMAND_RESULT))
                .add("name", about.name())
                .add("description", beginning() + ": " + words)
                .add("identifier", about.id().ulid().value())
                .add(
                        "agent",
                        LinkedData.typed("Person").add("identifier", about.id().author()))
                .add("instrument", instrument());
        channel.ifPresent(known -> document.add("object", object(known)));
        document.add("actionStatus", code.isSuccess() ? "CompletedActionStatus" : "FailedActionStatus")
                .add("startTime", LinkedData.time(from))
                .add("endTime", LinkedData.time(until));
        state.ifPresent(now -> document.add("result", now.brief()));
        if (!code.isSuccess()) {
            document.add("error", error());
        }
        document.add(Term.COMMAND.key(), command());
        if (!about.sha256().isEmpty()) {
            document.add(Term.COMMAND_SHA256.key(), about.sha256());
        }
        return LinkedData.text(document.add(Term.RESULT_CODE.key(), code.word()));
    }

    private String beginning() {
        return switch (code) {
            case APPLIED, UNCHANGED -> code.title();
            case FAULT -> "Failed";
            default -> "Refused";
        };
    }

    private JsonObject instrument() {
        return LinkedData.reference(node.nodeAddress())
                .add("@type", "IndividualProduct")
                .add("name", node.name());
    }

    private JsonObject object(ActuatorChannel known) {
        return LinkedData.reference(node.partOf(known.name()))
                .add("@type", "PropertyValue")
                .add("name", known.title());
    }

    private JsonObject error() {
        return LinkedData.typed("Error").add("name", code.title()).add("errorCode", Term.of(code));
    }

    private JsonValue command() {
        JsonObject last = LinkedData.reference(about.id().address());
        if (about.together().isEmpty()) {
            return last;
        }
        JsonArray all = new JsonArray().add(last);
        about.together().stream().limit(MOST_NAMED - 1).forEach(id -> all.add(LinkedData.reference(id.address())));
        return all;
    }
}
