package org.maunode.tools.browse;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Records;
import org.maunode.tools.browse.Post.Body;
import org.maunode.tools.content.Description;
import org.maunode.tools.output.Output;
import org.maunode.tools.output.Printable;
import org.maunode.tools.output.Quantities;

/** Writes posts for people, and for programs. */
public final class PostPrinter {
    private static final String INDENT = "    ";

    private final Output output;
    private final People people;

    public PostPrinter(Output output, People people) {
        this.output = Objects.requireNonNull(output);
        this.people = Objects.requireNonNull(people);
    }

    /** A heading, and the body indented under it. */
    List<String> lines(Post post) {
        List<String> lines = new ArrayList<>();
        lines.add(output.time(post.time()) + "  " + people.display(post.file().owner()) + "  " + heading(post));
        if (post.body() instanceof Body.Told told) {
            told.description().lines().forEach(line -> lines.add(INDENT + line));
        }
        return lines.stream().map(Printable::line).toList();
    }

    private static String heading(Post post) {
        String name = post.file().name().contentName();
        String size = Quantities.bytes(post.file().size());
        return switch (post.body()) {
            case Body.Told told -> told(told.description(), name);
            case Body.Other _ -> name + "  " + size;
            case Body.Flawed flawed -> name + "  " + size + "  (" + flawed.why() + ")";
            case Body.Unread _ -> name + "  " + size + "  (large; mau verify checks it)";
            case Body.Refused refused -> "NOT VERIFIED  " + name + "  " + size + "  (" + refused.why() + ")";
        };
    }

    private static String told(Description description, String name) {
        return description.type().map(type -> type + "  ").orElse("")
                + description.title().orElse(name);
    }

    /** The same for a program. */
    JsonObject json(Post post) {
        JsonObject json = Records.file(post.file())
                .add("authorName", people.display(post.file().owner()))
                .add("time", post.time().toString())
                .add("verified", post.isVerified())
                .add("problem", problem(post.body()).map(Json::value).orElse(Json.NULL));
        Optional<Description> description =
                post.body() instanceof Body.Told told ? Optional.of(told.description()) : Optional.empty();
        return json.add("types", types(description))
                .add(
                        "title",
                        description.flatMap(Description::title).map(Json::value).orElse(Json.NULL))
                .add("text", description.map(PostPrinter::text).orElse(Json.NULL))
                .add("fields", fields(description));
    }

    private static Optional<String> problem(Body body) {
        return switch (body) {
            case Body.Told _, Body.Other _ -> Optional.empty();
            case Body.Flawed flawed -> Optional.of(flawed.why());
            case Body.Unread _ -> Optional.of("not read: larger than " + PostReader.MAX_FILE_BYTES + " bytes");
            case Body.Refused refused -> Optional.of(refused.why());
        };
    }

    private static JsonArray types(Optional<Description> description) {
        JsonArray types = new JsonArray();
        description.ifPresent(found -> found.types().forEach(types::add));
        return types;
    }

    private static JsonValue text(Description description) {
        return description.lines().isEmpty() ? Json.NULL : Json.value(String.join("\n", description.lines()));
    }

    private static JsonObject fields(Optional<Description> description) {
        JsonObject fields = new JsonObject();
        description.ifPresent(found -> found.fields().forEach(field -> fields.add(field.name(), field.value())));
        return fields;
    }
}
