package org.maunode.tools.fetch;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.Optional;
import java.util.function.Consumer;
import org.maunode.control.ControlClient;
import org.maunode.control.ControlException;
import org.maunode.control.Question;
import org.maunode.tools.account.Session;

/** The node that runs in the home, if one does. */
public final class RunningNode {
    private RunningNode() {}

    /**
     * Its answer.
     *
     * @throws ControlException if there is none
     */
    public static JsonValue ask(Session session, Question question) {
        return new ControlClient(session.home()).ask(question);
    }

    /** Its answer; empty if no node runs, or none can be asked. */
    public static Optional<JsonValue> tryAsk(Session session, Question question, Consumer<JsonObject> progress) {
        try {
            return Optional.of(new ControlClient(session.home()).ask(question, progress));
        } catch (ControlException failed) {
            return switch (failed.reason()) {
                case NOT_RUNNING, PATH_TOO_LONG -> Optional.empty();
                default -> throw failed;
            };
        }
    }
}
