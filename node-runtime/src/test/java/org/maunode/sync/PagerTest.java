package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.maunode.exchange.RemotePeer.Behind;
import org.maunode.exchange.RemotePeer.From;

class PagerTest {
    private static final Instant T = Instant.parse("2026-11-23T08:00:00Z");
    private static final Behind UNTOLD = new Behind.Untold();

    @Test
    void followsThePeersOwnCursorWhereItHasOne() {
        Pager pager = Pager.from(T, T.plusSeconds(60));
        assertEquals(
                Optional.of(new From.Next("c")), pager.behind(new Behind.More("c"), Optional.of(T.plusSeconds(5))));
        assertEquals(Optional.empty(), pager.behind(new Behind.Nothing(), Optional.of(T.plusSeconds(9))));
    }

    @Test
    void asksForEverythingAtFirstWhateverTheClocksSay() {
        assertEquals(new From.Since(Instant.MIN), Pager.fromTheStart(T, T).first());
    }

    @Test
    void movesToTheSecondOfTheNewestFileOfAPeerWithoutPaging() {
        Pager pager = Pager.from(T, T.plusSeconds(60));
        assertEquals(
                Optional.of(new From.Since(T.plusSeconds(7))),
                pager.behind(UNTOLD, Optional.of(T.plusSeconds(7).plusMillis(400))));
    }

    @Test
    void doublesItsStrideOverEmptyPagesAndEndsBehindNow() {
        Pager pager = Pager.from(T, T);
        List<Long> asked = new ArrayList<>();
        Optional<From> next = pager.behind(UNTOLD, Optional.empty());
        while (next.isPresent()) {
            asked.add(Duration.between(T, ((From.Since) next.get()).time()).toSeconds());
            next = pager.behind(UNTOLD, Optional.empty());
        }
        assertEquals(List.of(1L, 3L, 7L, 15L, 31L, 63L, 127L, 255L, 511L), asked);
        assertTrue(asked.getLast() <= Pager.CLOCK_SKEW.toSeconds());
    }

    @Test
    void aTimeThatNoClockShowsDoesNotEndTheSearch() {
        for (Instant lie : List.of(T.plus(Pager.CLOCK_SKEW).plusNanos(1), Instant.MAX)) {
            assertEquals(
                    Optional.of(new From.Since(T.plusSeconds(1))),
                    Pager.from(T, T).behind(UNTOLD, Optional.of(lie)));
        }
        Instant latest = T.plus(Pager.CLOCK_SKEW);
        assertEquals(Optional.of(new From.Since(latest)), Pager.from(T, T).behind(UNTOLD, Optional.of(latest)));
    }

    /** The Go peer: the first 100 files at or after a second, then those taken away that the caller may not read. */
    @Test
    void findsEveryFileOfAGoPeerThatPutsLessThanAPageInASecond() {
        Random random = new Random(7);
        List<Instant> files = new ArrayList<>();
        Instant time = T;
        for (int i = 0; i < 950; i++) {
            time = time.plusMillis(random.nextInt(200));
            files.add(time);
        }
        List<Instant> found = new ArrayList<>();
        Pager pager = Pager.fromTheStart(T.minusSeconds(3600), time.plusSeconds(5));
        Optional<From> next = Optional.of(pager.first());
        int requests = 0;
        while (next.isPresent()) {
            Instant since = ((From.Since) next.get()).time();
            List<Instant> page =
                    files.stream().filter(f -> !f.isBefore(since)).limit(100).toList();
            page.stream().filter(f -> !found.contains(f)).forEach(found::add);
            next = pager.behind(UNTOLD, page.isEmpty() ? Optional.empty() : Optional.of(page.getLast()));
            requests++;
        }
        assertEquals(files.stream().distinct().toList(), found);
        assertTrue(requests < 60, requests + " requests");
    }

    @Test
    void leapsOverABlockOfFilesThatItMayNotRead() {
        Pager pager = Pager.from(T, T.plus(Duration.ofDays(30)));
        Optional<From> next = Optional.of(pager.first());
        boolean found = false;
        while (next.isPresent() && !found) {
            // 200 unreadable files in the first hour, then a readable one three weeks later.
            found = !((From.Since) next.get()).time().isBefore(T.plus(Duration.ofHours(1)));
            next = pager.behind(UNTOLD, Optional.empty());
        }
        assertTrue(found);
    }
}
