package org.maunode.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.maunode.exchange.ExchangeException;
import org.maunode.identity.Fingerprint;

/**
 * What one run came to: the files of one peer, asked for at that peer or at another that holds them.
 *
 * @param peer whose files
 * @param source who was asked: the peer itself, or a relay
 * @param fetched files that arrived, were verified and are now here
 * @param bytes bytes received for them in this run; what an earlier run had received is not counted again
 * @param alreadyHere listed files that this directory holds just so
 * @param older listed files that were signed before the ones held here
 * @param refused files that arrived or were listed, and were turned away for good
 * @param postponed files that did not arrive this time and will be asked for again
 * @param notes the first {@value #MAX_NOTES} of the refused and postponed ones, each with the reason
 * @param interrupted why the run ended early; empty if it came to the end of the listing
 */
public record SyncReport(
        Fingerprint peer,
        Fingerprint source,
        int fetched,
        long bytes,
        int alreadyHere,
        int older,
        int refused,
        int postponed,
        List<Note> notes,
        Optional<ExchangeException> interrupted) {
    /** How many notes a report keeps; the counts go on. */
    public static final int MAX_NOTES = 100;

    /** A file that did not arrive, and why. */
    public record Note(String file, String why) {}

    public SyncReport {
        notes = List.copyOf(notes);
    }

    /** Whether the files came from somebody else than their author. */
    public boolean isRelayed() {
        return !source.equals(peer);
    }

    /** Whether everything that the peer has for us is here or was refused for good. */
    public boolean isComplete() {
        return interrupted.isEmpty() && postponed == 0;
    }

    /** One line for a log or a person: from whom, if it was a relay; what was fetched, skipped, refused. */
    public String summary() {
        StringBuilder line = new StringBuilder(isRelayed() ? "from the relay " + source + ": " : "");
        line.append(fetched + " fetched (" + bytes + " bytes), " + alreadyHere + " already here");
        append(line, older, "older than ours");
        append(line, refused, "refused");
        append(line, postponed, "postponed");
        interrupted.ifPresent(why -> line.append("; ended early: ").append(why.getMessage()));
        return line.toString();
    }

    private static void append(StringBuilder line, int count, String what) {
        if (count > 0) {
            line.append(", ").append(count).append(' ').append(what);
        }
    }

    /** Counts while a run goes on. Confined to the thread of the run. */
    static final class Tally {
        private final Fingerprint peer;
        private final Fingerprint source;
        private final List<Note> notes = new ArrayList<>();
        private int fetched;
        private long bytes;
        private int alreadyHere;
        private int older;
        private int refused;
        private int postponed;

        Tally(Fingerprint peer, Fingerprint source) {
            this.peer = Objects.requireNonNull(peer);
            this.source = Objects.requireNonNull(source);
        }

        void fetched() {
            fetched++;
        }

        void received(long count) {
            bytes += count;
        }

        void alreadyHere() {
            alreadyHere++;
        }

        void older() {
            older++;
        }

        void refused(String file, String why) {
            refused++;
            note(file, why);
        }

        void postponed(String file, String why) {
            postponed++;
            note(file, why);
        }

        private void note(String file, String why) {
            if (notes.size() < MAX_NOTES) {
                notes.add(new Note(file, why));
            }
        }

        SyncReport close(Optional<ExchangeException> interrupted) {
            return new SyncReport(
                    peer, source, fetched, bytes, alreadyHere, older, refused, postponed, notes, interrupted);
        }
    }
}
