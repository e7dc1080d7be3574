package org.maunode.tools.history;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.maunode.device.vocabulary.Batch.Entry;

/**
 * The readings of a channel in the order of their time, each once, wherever it was found. An hour and the versions of the
 * latest reading are all that is in memory.
 *
 * <pre>
 *   versions  ─── sorted ──────────────┐   a number that a batch has as well is left to the batch,
 *   batch 08h ─── sorted ─┐            ├─► or, if its time put it before that batch, not told again
 *   batch 09h ─── sorted ─┴─ in order ─┘
 * </pre>
 */
public final class Timeline {
    private static final Comparator<Entry> ORDER =
            Comparator.comparing(Entry::at).thenComparingLong(Entry::sequence);

    private final Archive archive;
    private final Span span;
    private final List<Instant> hours;
    private final Deque<Entry> waiting;
    private final Set<Long> told = new HashSet<>();

    /** Reads the latest reading and its versions. */
    public Timeline(Archive archive, Span span) {
        this.archive = archive;
        this.span = span;
        this.hours = archive.hours(span);
        this.waiting = new ArrayDeque<>(ordered(archive.latest(span)));
    }

    /** Sorted, within the span, no number twice. */
    private List<Entry> ordered(List<Entry> entries) {
        Set<Long> numbers = new HashSet<>();
        return entries.stream()
                .filter(entry -> span.contains(entry.at()))
                .sorted(ORDER)
                .filter(entry -> numbers.add(entry.sequence()))
                .toList();
    }

    /** From the first to the last reading, as far as their files tell; reads two of them. Empty if there is none. */
    public Optional<Span> extent() {
        Stream<Instant> ends = hours.isEmpty()
                ? Stream.empty()
                : Stream.of(hours.getFirst(), hours.getLast())
                        .distinct()
                        .flatMap(hour -> ordered(archive.batch(hour)).stream())
                        .map(Entry::at);
        List<Instant> times =
                Stream.concat(ends, waiting.stream().map(Entry::at)).sorted().toList();
        return times.isEmpty() ? Optional.empty() : Optional.of(new Span(times.getFirst(), times.getLast()));
    }

    /** Shows every reading, once; answers what they came to. Nothing is begun if there is none. */
    public Tally show(View.Form form, Consumer<Instant> progress) throws IOException {
        Shown shown = new Shown(form);
        for (Instant hour : hours) {
            progress.accept(hour);
            show(archive.batch(hour), shown);
        }
        while (!waiting.isEmpty()) {
            shown.add(waiting.remove(), 1);
        }
        shown.end();
        return shown.tally;
    }

    private void show(List<Entry> batch, Shown shown) throws IOException {
        SortedSet<Long> numbers = batch.stream().map(Entry::sequence).collect(Collectors.toCollection(TreeSet::new));
        long step = step(numbers);
        waiting.removeIf(entry -> numbers.contains(entry.sequence()));
        for (Entry entry : ordered(batch)) {
            while (!waiting.isEmpty() && ORDER.compare(waiting.element(), entry) < 0) {
                told.add(waiting.element().sequence());
                shown.add(waiting.remove(), step);
            }
            if (!told.contains(entry.sequence())) {
                shown.add(entry, step);
            }
        }
    }

    /** A node that measures more than a batch holds keeps one of so many: what lies between the nearest two. */
    private static long step(SortedSet<Long> numbers) {
        long least = Long.MAX_VALUE;
        long before = Long.MIN_VALUE / 2;
        for (long number : numbers) {
            least = Math.min(least, number - before);
            before = number;
        }
        return numbers.size() < 2 ? 1 : least;
    }

    /** The view, from the first reading on. */
    private final class Shown {
        private final View.Form form;
        private final Tally tally = new Tally();
        private Optional<View> view = Optional.empty();

        Shown(View.Form form) {
            this.form = form;
        }

        void add(Entry entry, long step) throws IOException {
            if (view.isEmpty()) {
                view = Optional.of(form.begin(archive.described().orElseThrow()));
            }
            view.get().reading(entry, tally.add(entry, step));
        }

        void end() throws IOException {
            if (view.isPresent()) {
                view.get().end(tally);
            }
        }
    }
}
