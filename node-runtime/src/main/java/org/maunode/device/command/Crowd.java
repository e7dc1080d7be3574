package org.maunode.device.command;

import java.util.ArrayList;
import java.util.List;
import org.maunode.device.vocabulary.CommandId;
import org.maunode.device.vocabulary.CommandResult;
import org.maunode.store.Position;
import org.maunode.store.StoredFile;

/** Commands of one commander that came too many to be read; they are answered together. */
final class Crowd {
    private final List<CommandId> first = new ArrayList<>();
    private final long since;
    private CommandId last;
    private StoredFile lastFile;
    private long count;

    Crowd(CommandId id, StoredFile file, long nanos) {
        this.since = nanos;
        this.last = id;
        this.lastFile = file;
        this.count = 1;
    }

    void add(CommandId id, StoredFile file) {
        if (first.size() < CommandResult.MOST_NAMED) {
            first.add(last);
        }
        last = id;
        lastFile = file;
        count++;
    }

    long count() {
        return count;
    }

    /** One line for people. */
    String name() {
        return count == 1 ? "Command " + last.ulid() : count + " commands";
    }

    /** When the first came, by the monotonic clock. */
    long since() {
        return since;
    }

    CommandId last() {
        return last;
    }

    StoredFile lastFile() {
        return lastFile;
    }

    Position end() {
        return Position.after(lastFile);
    }

    /** The others that are named. */
    List<CommandId> others() {
        return List.copyOf(first);
    }
}
