package org.maunode.device.command;

import java.util.Objects;
import java.util.Optional;
import org.maunode.device.vocabulary.Act;
import org.maunode.device.vocabulary.Command;
import org.maunode.device.vocabulary.CommandId;
import org.maunode.device.vocabulary.CommandResult;
import org.maunode.device.vocabulary.ResultCode;
import org.maunode.store.Position;
import org.maunode.store.StoredFile;

/**
 * What is written down before a command is carried out, so that it is answered whatever happens, and never carried out
 * twice.
 *
 * @param counter of the command, which becomes the commander's; 0 if it was not read
 * @param sha256 of the command's file
 * @param code if it is decided already: refused, and why
 * @param settled up to where the commander's files need not be looked at again
 */
record Intent(
        CommandId id,
        long counter,
        String sha256,
        String channel,
        Act act,
        String name,
        Optional<ResultCode> code,
        String words,
        Position settled) {
    Intent {
        Objects.requireNonNull(id);
        Objects.requireNonNull(sha256);
        Objects.requireNonNull(channel);
        Objects.requireNonNull(act);
        Objects.requireNonNull(name);
        Objects.requireNonNull(code);
        Objects.requireNonNull(words);
        Objects.requireNonNull(settled);
    }

    static Intent of(Command command, StoredFile file, Optional<ResultCode> code, String words, Position settled) {
        return new Intent(
                command.id(),
                command.counter(),
                file.sum().toString(),
                command.channel(),
                command.act(),
                command.name(),
                code,
                words,
                settled);
    }

    /** Of a result that is decided, though its command was never read. */
    static Intent of(CommandResult result, Position settled) {
        return new Intent(
                result.about().id(),
                0,
                result.about().sha256(),
                "",
                result.about().act(),
                result.about().name(),
                Optional.of(result.code()),
                result.words(),
                settled);
    }
}
