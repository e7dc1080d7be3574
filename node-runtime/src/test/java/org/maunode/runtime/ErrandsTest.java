package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maunode.identity.Fingerprint;
import org.maunode.runtime.Errands.Errand;
import org.maunode.sync.SyncReport;

class ErrandsTest {
    private static final Fingerprint ANN = Fingerprint.of("a".repeat(40));
    private static final Fingerprint BOB = Fingerprint.of("b".repeat(40));
    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<SyncReport> heard = new ArrayList<>();
    private final Errands errands = new Errands(heard::add);

    private static SyncReport report(Fingerprint author, Fingerprint source) {
        return new SyncReport(author, source, 1, 2, 3, 0, 0, 0, List.of(), Optional.empty());
    }

    private List<JsonObject> answers(Errand... all) {
        return errands.answers(List.of(all), LONG);
    }

    private String error(Errand errand) {
        JsonObject answer = answers(errand).getFirst();
        assertEquals(errand.peer().toString(), answer.getString("fingerprint", ""));
        assertFalse(answer.getBoolean("reached", true));
        return answer.getString("error", "");
    }

    @Test
    void allWhoWaitForARunAreToldWhatItCameTo() {
        Errand one = errands.next(ANN);
        Errand two = errands.next(ANN);
        errands.synced(report(ANN, ANN));
        for (JsonObject answer : answers(two, one)) {
            assertEquals(1, answer.getInt("fetched", 0));
        }
        assertEquals(Set.of(), errands.awaited());
        assertEquals(1, heard.size());
    }

    @Test
    void aRunAnswersThoseWhoWaitedBeforeIt() {
        errands.synced(report(ANN, ANN));
        Errand late = errands.next(ANN);
        assertFalse(late.answer().isDone());
        errands.away(ANN, "not there");
        assertEquals("not there", error(late));
    }

    @Test
    void aRelayIsHeardOfAndEndsNoWait() {
        Errand errand = errands.next(ANN);
        errands.synced(report(ANN, BOB));
        assertFalse(errand.answer().isDone());
        assertEquals(1, heard.size());
        assertEquals(Set.of(ANN), errands.awaited());
    }

    @Test
    void anotherPeersRunIsNone() {
        Errand errand = errands.next(ANN);
        errands.synced(report(BOB, BOB));
        errands.away(BOB, "away");
        assertFalse(errand.answer().isDone());
    }

    @Test
    void aListenerThatFailsKeepsNobodyWaiting() {
        Errands failing = new Errands(_ -> {
            throw new IllegalStateException("broken");
        });
        Errand errand = failing.next(ANN);
        assertThrows(IllegalStateException.class, () -> failing.synced(report(ANN, ANN)));
        assertTrue(errand.answer().isDone());
    }

    @Test
    void whoIsFollowedNoMoreIsNotWaitedFor() {
        Errand gone = errands.next(ANN);
        Errand stays = errands.next(BOB);
        errands.retain(Set.of(BOB));
        assertEquals("is not followed", error(gone));
        assertFalse(stays.answer().isDone());
        assertEquals(Set.of(BOB), errands.awaited());
    }

    @Test
    void thoseWhoGaveUpLeaveNothing() {
        Errand one = errands.next(ANN);
        Errand other = errands.next(ANN);
        errands.forget(List.of(one));
        assertEquals(Set.of(ANN), errands.awaited());
        errands.forget(List.of(one, other));
        assertEquals(Set.of(), errands.awaited());
    }

    @Test
    void nobodyWaitsLongerThanItsPatience() {
        Errand slow = errands.next(ANN);
        Errand slower = errands.next(BOB);
        List<JsonObject> answers = errands.answers(List.of(slow, slower), Duration.ofNanos(1));
        assertEquals(2, answers.size());
        assertTrue(answers.getLast().getString("error", "").contains("too long"), answers.toString());
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() {
        Errand errand = errands.next(ANN);
        Thread.currentThread().interrupt();
        assertEquals("the node stops", error(errand));
        assertTrue(Thread.interrupted());
    }

    @Test
    void theEndIsAnAnswerAlsoForThoseWhoComeAfterIt() {
        Errand before = errands.next(ANN);
        errands.close();
        assertEquals("the node stops", error(before));
        assertEquals("the node stops", error(errands.next(ANN)));
        assertEquals(Set.of(), errands.awaited());
    }
}
