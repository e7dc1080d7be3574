package org.maunode.device.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.device.vocabulary.CommandId;
import org.maunode.identity.Fingerprint;
import org.maunode.store.Position;

/**
 * What must not be forgotten of commands, whatever happens: of each commander the highest counter, and which commands were
 * begun and are not answered yet. One command's way, with what is on the medium at each step:
 *
 * <pre>
 * received ─► begun: counter and intent in the journal ─► carried out ─► state published ─► result published ─► done
 *    │                          │                                                                  ▲
 *    └ looked at again          └ after a restart: the result, with the code that was decided, ────┘
 *                                 or else "fault", since nobody can say how far it came
 * </pre>
 *
 * That it is done is known by its result, so it is written down only with what is written next. Not thread-safe.
 */
final class Ledger {
    /** Above this the journal is written anew, with what still counts. */
    static final int MAX_BYTES = 64 * 1024;

    /** Files of one commander that are looked at again after a restart, at most; less than it may send at once. */
    static final int MOST_AGAIN = 8;

    private static final Logger LOG = Logger.getLogger("org.maunode.device");

    private final Journal journal;
    private final Map<Fingerprint, Line.Reached> reached = new LinkedHashMap<>();
    private final Map<CommandId, Intent> begun = new LinkedHashMap<>();
    private final List<Line> unwritten = new ArrayList<>();
    private int length;
    private int compacted;

    private Ledger(Journal journal) {
        this.journal = Objects.requireNonNull(journal);
    }

    /**
     * Reads what was written down.
     *
     * @throws org.maunode.store.StoreException if the disk does not give it, or not take it: without it nothing is obeyed
     */
    static Ledger open(Journal journal) {
        Ledger ledger = new Ledger(journal);
        byte[] bytes = journal.read();
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean sound = text.endsWith("\n");
        for (String line : text.lines().toList()) {
            Optional<Line> read = Line.parse(line);
            read.ifPresent(ledger::take);
            sound &= read.isPresent();
        }
        ledger.length = bytes.length;
        if (!sound || bytes.length > MAX_BYTES) {
            LOG.log(Level.FINE, "the journal of commands is written anew: {0} bytes", bytes.length);
            ledger.compact();
        }
        return ledger;
    }

    private void take(Line line) {
        switch (line) {
            case Line.Begun(Intent intent) -> {
                begun.put(intent.id(), intent);
                reach(commander(intent.id()), intent.counter(), intent.settled());
            }
            case Line.Done(CommandId id) -> begun.remove(id);
            case Line.Reached(var commander, var counter, var settled) -> reach(commander, counter, settled);
        }
    }

    private static Fingerprint commander(CommandId id) {
        return Fingerprint.of(id.author());
    }

    /** Neither ever goes back. */
    private void reach(Fingerprint commander, long counter, Position settled) {
        Line.Reached before = standing(commander);
        Position later = settled.compareTo(before.settled()) > 0 ? settled : before.settled();
        reached.put(commander, new Line.Reached(commander, Math.max(counter, before.counter()), later));
    }

    private Line.Reached standing(Fingerprint commander) {
        return reached.getOrDefault(commander, new Line.Reached(commander, 0, Position.START));
    }

    /** The highest counter of a commander; 0 if there was none. */
    long counter(Fingerprint commander) {
        return standing(commander).counter();
    }

    /** Up to where a commander's files were dealt with, as far as that was written down or will be. */
    Position settled(Fingerprint commander) {
        return standing(commander).settled();
    }

    /** What was begun and is not done. */
    List<Intent> open() {
        return List.copyOf(begun.values());
    }

    /**
     * Writes down that a command is begun; when it returns, that is on the medium.
     *
     * @throws org.maunode.store.StoreException if it cannot be; then it is not begun
     */
    void begin(Intent intent) {
        write(List.of(new Line.Begun(intent)));
        take(new Line.Begun(intent));
    }

    /** The same where nothing can be written and it must be done all the same: known until the end of this run. */
    void beginUnwritten(Intent intent) {
        unwritten.add(new Line.Begun(intent));
        take(new Line.Begun(intent));
    }

    /** It was answered. */
    void done(CommandId id) {
        if (begun.remove(id) != null) {
            unwritten.add(new Line.Done(id));
        }
    }

    /** A commander's files were dealt with up to here. Written with what is written next, but not too far behind. */
    void settle(Fingerprint commander, Position settled) {
        reach(commander, 0, settled);
        unwritten.add(standing(commander));
        if (unwritten.size() >= MOST_AGAIN) {
            keep();
        }
    }

    /** Writes down what has waited. */
    void keep() {
        if (!unwritten.isEmpty()) {
            write(List.of());
        }
    }

    private void write(List<Line> more) {
        List<Line> lines = new ArrayList<>(unwritten);
        lines.addAll(more);
        byte[] bytes = bytes(lines);
        if (length == 0 || length + bytes.length > Math.max(MAX_BYTES, 2 * compacted)) {
            compact();
            bytes = bytes(more);
        }
        if (bytes.length > 0) {
            append(bytes);
        }
        unwritten.clear();
    }

    /** What a failed write left at the end may be half a line: then all is written anew the next time. */
    private void append(byte[] bytes) {
        int before = length;
        length = 0;
        journal.append(bytes);
        length = before + bytes.length;
    }

    private void compact() {
        List<Line> lines = new ArrayList<>(reached.values());
        begun.values().forEach(intent -> lines.add(new Line.Begun(intent)));
        byte[] bytes = bytes(lines);
        journal.replace(bytes);
        length = bytes.length;
        compacted = bytes.length;
        unwritten.clear();
    }

    private static byte[] bytes(List<Line> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        lines.forEach(line -> bytes.writeBytes(line.bytes()));
        return bytes.toByteArray();
    }
}
