package org.maunode.tools.order;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.ParseException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.maunode.device.vocabulary.ResultCode;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.output.Told;
import org.maunode.tools.shell.ToolException;

/**
 * What a node did about a command.
 *
 * @param code as the node wrote it
 * @param words the node's sentence
 * @param autoOffAt as the node wrote it; empty if nothing will end
 */
public record Answer(String code, String words, String autoOffAt) {
    static Answer parse(byte[] document) {
        try {
            Told told = new Told(
                    Json.parse(new String(document, StandardCharsets.UTF_8)).asObject());
            String end = told.object("result")
                    .map(state -> state.text("mau:autoOffAt"))
                    .orElse("");
            return new Answer(told.text("mau:resultCode"), told.text("description"), end);
        } catch (ParseException | UnsupportedOperationException malformed) {
            throw new ToolException(ExitCode.NOT_VERIFIED, "the node's result is no result", malformed);
        }
    }

    /** How the command line ends: by whether the node obeyed, refused or failed. */
    public ExitCode exitCode() {
        Optional<ResultCode> known = ResultCode.of(code);
        if (known.filter(ResultCode::isSuccess).isPresent()) {
            return ExitCode.OK;
        }
        return known.equals(Optional.of(ResultCode.FAULT)) ? ExitCode.FAULT : ExitCode.DENIED;
    }

    public JsonObject json() {
        return new JsonObject()
                .add("result", code)
                .add("description", words)
                .add("autoOffAt", autoOffAt.isEmpty() ? Json.NULL : Json.value(autoOffAt));
    }
}
