package org.maunode.tools.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.runtime.ExitCode;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.Session;
import org.maunode.tools.shell.ToolException;

/**
 * All versions of one file.
 *
 * @param current the newest, if the file was not deleted
 * @param old the others, oldest first
 */
record VersionChoice(FileName name, Optional<StoredFile> current, List<StoredFile> old) {
    private static final int MIN_DIGITS = 4;
    private static final int HASH_DIGITS = 2 * VersionHash.LENGTH;

    static VersionChoice of(Session session, Fingerprint owner, FileName name) {
        VersionChoice found = new VersionChoice(
                name, session.store().find(owner, name), session.store().versions(owner, name));
        if (found.newestFirst().isEmpty()) {
            throw Owner.missing(session, owner, name);
        }
        return found;
    }

    List<StoredFile> newestFirst() {
        return Stream.concat(current.stream(), old.reversed().stream()).toList();
    }

    boolean isCurrent(StoredFile file) {
        return current.filter(file::equals).isPresent();
    }

    /** The one version whose hash is {@code text}, or begins with it. */
    StoredFile only(String text) {
        List<StoredFile> matching = matching(text);
        if (matching.size() == 1) {
            return matching.getFirst();
        }
        throw matching.isEmpty()
                ? new ToolException(
                        ExitCode.NOT_FOUND, name + " has no version " + text, "mau versions " + name + " lists them")
                : new ToolException(ExitCode.USAGE, text + " begins the hash of " + matching.size() + " versions");
    }

    private List<StoredFile> matching(String text) {
        boolean shortened = text.length() >= MIN_DIGITS
                && text.length() < HASH_DIGITS
                && text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        if (shortened) {
            String prefix = text.toLowerCase(Locale.ROOT);
            return newestFirst().stream()
                    .filter(file -> file.sum().toString().startsWith(prefix))
                    .toList();
        }
        VersionHash hash = VersionHash.of(text);
        return newestFirst().stream()
                .filter(file -> file.sum().equals(hash))
                .limit(1)
                .toList();
    }
}
