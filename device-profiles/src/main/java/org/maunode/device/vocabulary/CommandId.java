package org.maunode.device.vocabulary;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which command is meant: whose, and which of theirs. Its file and that of its result are called by it.
 *
 * @param author fingerprint of the commander, 40 hexadecimal digits in lower case
 */
public record CommandId(String author, Ulid ulid) {
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern FILE = Pattern.compile("cmd-(.{26})\\.json\\.pgp");
    private static final Pattern ADDRESS = Pattern.compile("/p2p/([0-9a-f]{40})/(.*)");

    public CommandId {
        Objects.requireNonNull(ulid);
        if (!isFingerprint(author)) {
            throw new IllegalArgumentException("not a fingerprint: " + author);
        }
    }

    static boolean isFingerprint(String text) {
        return FINGERPRINT.matcher(text).matches();
    }

    /** The name of the file that holds the command {@code ulid}, before it is signed. */
    public static String documentOf(Ulid ulid) {
        return "cmd-" + ulid + ".json";
    }

    /** The name of the file that holds the result of {@code ulid}, before it is signed. */
    public static String resultOf(Ulid ulid) {
        return "res-" + ulid + ".json";
    }

    /** Which command a file of this name holds, {@code cmd-….json.pgp}; empty if it is not called as one. */
    public static Optional<Ulid> ofFile(String name) {
        Matcher matcher = FILE.matcher(name);
        return matcher.matches() && Ulid.isWellFormed(matcher.group(1))
                ? Optional.of(new Ulid(matcher.group(1)))
                : Optional.empty();
    }

    /** Reads {@link #address}; empty if it is anything else. */
    static Optional<CommandId> parse(String address) {
        Matcher matcher = ADDRESS.matcher(address);
        return matcher.matches()
                ? ofFile(matcher.group(2)).map(ulid -> new CommandId(matcher.group(1), ulid))
                : Optional.empty();
    }

    /** What it is called by in documents: {@code /p2p/9ab4…/cmd-01JDC….json.pgp}. */
    public String address() {
        return "/p2p/" + author + "/" + documentOf(ulid) + ".pgp";
    }
}
