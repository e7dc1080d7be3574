package org.maunode.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maunode.control.ControlException.Reason;
import org.maunode.identity.Fingerprint;

/** Questions on the wire: CS-11. */
class QuestionTest {
    private static final Fingerprint PEER = Fingerprint.of("00112233445566778899aabbccddeeff00112233");
    private static final Fingerprint OTHER = Fingerprint.of("ff112233445566778899aabbccddeeff00112233");

    @Test
    void everyQuestionIsReadAsItWasWritten() {
        for (Question question : List.of(
                new Question.Status(),
                new Question.Peers(),
                new Question.Find(PEER),
                new Question.Ping(PEER),
                new Question.Sync(Set.of()),
                new Question.Sync(Set.of(PEER, OTHER)))) {
            assertEquals(question, Question.parse(question.json().toString()));
        }
    }

    @Test
    void theWireIsAsItStandsInTheSpecification() {
        assertEquals("{\"ask\":\"status\"}", new Question.Status().json().toString());
        assertEquals(
                "{\"ask\":\"find\",\"peer\":\"" + PEER + "\"}",
                new Question.Find(PEER).json().toString());
        assertEquals(
                "{\"ask\":\"sync\",\"peers\":[\"" + PEER + "\",\"" + OTHER + "\"]}",
                new Question.Sync(Set.of(OTHER, PEER)).json().toString());
        assertEquals(new Question.Sync(Set.of()), Question.parse("{\"ask\":\"sync\"}"));
    }

    @Test
    void sixteenBracketsMayOpenAndNotOneMore() {
        // CS-10
        String question = "{\"ask\":\"status\",\"x\":%s1%s}";
        int depth = Question.MAX_BRACKETS - 1;
        assertEquals(new Question.Status(), Question.parse(question.formatted("[".repeat(depth), "]".repeat(depth))));
        String tooMany = question.formatted("[".repeat(depth + 1), "]".repeat(depth + 1));
        ControlException nested = assertThrows(ControlException.class, () -> Question.parse(tooMany));
        assertEquals(Reason.NOT_UNDERSTOOD, nested.reason());
    }

    @Test
    void whatIsWrongIsNamed() {
        ControlException unknown =
                assertThrows(ControlException.class, () -> Question.parse("{\"ask\":\"stop\\u001b\"}"));
        assertEquals(Reason.NOT_UNDERSTOOD, unknown.reason());
        assertEquals(
                "the question is not understood: question \"stop?\" is not one of status, peers, find, ping, sync",
                unknown.getMessage());
    }
}
