package org.maunode.discovery.mdns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Answers to everybody on one segment that wait for their time, and when each record was last sent there: none more than
 * once a second (RFC 6762, 6). Pure.
 */
final class Answers {
    private final Map<ResourceRecord, Waiting> waiting = new LinkedHashMap<>();
    private final Map<ResourceRecord, Long> sent = new LinkedHashMap<>();

    /** One answer, and for whom. */
    private static final class Waiting {
        private long due;
        private final Set<InetSocketAddress> askers = new HashSet<>();

        Waiting(long due) {
            this.due = due;
        }
    }

    /** {@code record} is wanted at {@code due}, or as soon after as {@code interval} since it was last sent allows. */
    void want(ResourceRecord record, InetSocketAddress asker, long due, Duration interval) {
        long allowed = sent.containsKey(record) ? Math.max(due, sent.get(record) + interval.toNanos()) : due;
        Waiting wait = waiting.computeIfAbsent(record, _ -> new Waiting(allowed));
        wait.due = Math.min(wait.due, allowed);
        if (wait.askers.size() < Limits.ASKERS) {
            wait.askers.add(asker);
        }
    }

    /** {@code asker} goes on to say that it knows {@code record} (RFC 6762, 7.2). */
    void isKnown(ResourceRecord record, InetSocketAddress asker) {
        Waiting wait = waiting.get(record);
        boolean countable = wait != null && wait.askers.size() < Limits.ASKERS;
        if (countable && wait.askers.remove(asker) && wait.askers.isEmpty()) {
            waiting.remove(record);
        }
    }

    /** Somebody else has just said the same to everybody (RFC 6762, 7.4). */
    void wasSaid(ResourceRecord record, long now) {
        waiting.remove(record);
        sent.put(record, now);
    }

    /** When to look again; empty if nothing waits. */
    OptionalLong due() {
        return waiting.values().stream().mapToLong(wait -> wait.due).min();
    }

    /** Takes what is due. */
    List<ResourceRecord> take(long now) {
        List<ResourceRecord> due = waiting.entrySet().stream()
                .filter(each -> each.getValue().due <= now)
                .map(Map.Entry::getKey)
                .toList();
        due.forEach(waiting::remove);
        return due;
    }

    /** These are sent to everybody now. */
    void sending(List<ResourceRecord> records, long now) {
        records.forEach(record -> sent.put(record, now));
        records.forEach(waiting::remove);
    }

    /** Only these are true from now on. */
    void retain(Collection<ResourceRecord> records) {
        waiting.keySet().retainAll(records);
        sent.keySet().retainAll(records);
    }

    /** Whether everybody was told {@code record} within {@code span} before {@code now}. */
    boolean wasSentWithin(Duration span, ResourceRecord record, long now) {
        return sent.containsKey(record) && now - sent.get(record) < span.toNanos();
    }
}
