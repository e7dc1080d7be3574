package org.maunode.exchange;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.store.Position;

/** What a peer may ask, whatever the wire (specification, "Addressing" and "Data exchange"). */
public sealed interface Request {
    /** A request about the files of one owner. */
    sealed interface AboutFiles extends Request {
        /** Whose directory it is about. */
        Fingerprint owner();
    }

    /** A request about where peers are; of callers who have proved who they are (KW-4). */
    sealed interface AboutPeers extends Request {}

    /**
     * The files of {@code owner} that the caller may read, oldest first.
     *
     * @param since only files modified in or after this second; empty for all
     * @param after only files behind this place, as a former answer's {@code next} gave it
     */
    record ListFiles(Fingerprint owner, Optional<Instant> since, Optional<Position> after) implements AboutFiles {}

    /** The newest version of a file. */
    record GetFile(Fingerprint owner, FileName name) implements AboutFiles {}

    /** One version of a file, the newest included. */
    record GetVersion(Fingerprint owner, FileName name, VersionHash version) implements AboutFiles {}

    /** Whether somebody is there. */
    record Ping() implements AboutPeers {}

    /** The peers nearest to {@code target} that are known, whether it is among them or not. */
    record FindPeer(Fingerprint target) implements AboutPeers {}

    /** The longest path that is looked at, in characters. */
    int MAX_PATH = 2048;

    /**
     * Reads the address of a request: {@code /p2p/<fpr>}, {@code /p2p/<fpr>/<name>},
     * {@code /p2p/<fpr>/<name>.version/<hash>} or {@code .versions/<hash>}, where {@code .pgp} may be missing from the name;
     * {@code /kad/ping} or {@code /kad/find_peer/<fpr>}.
     *
     * @param path the path as it was sent, percent-encoded
     * @param query what stood behind the question mark; only {@code after=} is known, the rest is passed over
     * @param since the time of an {@code If-Modified-Since}
     * @return empty if it is no address of ours, or names something that is not well formed
     */
    static Optional<Request> parse(String path, Optional<String> query, Optional<Instant> since) {
        if (path.length() > MAX_PATH) {
            return Optional.empty();
        }
        String[] parts = path.split("/", -1);
        if (parts.length < 3 || !parts[0].isEmpty()) {
            return Optional.empty();
        }
        try {
            return switch (parts[1]) {
                case "p2p" -> aboutFiles(parts, query, since);
                case "kad" -> aboutPeers(parts);
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException | DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    private static Optional<Request> aboutFiles(String[] parts, Optional<String> query, Optional<Instant> since) {
        Fingerprint owner = Fingerprint.of(parts[2]);
        return switch (parts.length) {
            case 3 -> Optional.of(new ListFiles(owner, since, query.flatMap(Request::after)));
            case 4 -> Optional.of(new GetFile(owner, FileName.published(decoded(parts[3]))));
            case 5 -> version(owner, decoded(parts[3]), decoded(parts[4]));
            default -> Optional.empty();
        };
    }

    private static Optional<Request> aboutPeers(String[] parts) {
        if (parts.length == 3 && parts[2].equals("ping")) {
            return Optional.of(new Ping());
        }
        return parts.length == 4 && parts[2].equals("find_peer")
                ? Optional.of(new FindPeer(Fingerprint.of(parts[3])))
                : Optional.empty();
    }

    private static Optional<Request> version(Fingerprint owner, String directory, String hash) {
        for (String ending : List.of(".versions", ".version")) {
            if (directory.endsWith(ending)) {
                String name = directory.substring(0, directory.length() - ending.length());
                return Optional.of(new GetVersion(owner, FileName.published(name), VersionHash.of(hash)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Position> after(String query) {
        for (String parameter : query.split("&")) {
            if (parameter.startsWith("after=")) {
                return Optional.of(Cursor.parse(decoded(parameter.substring("after=".length()))));
            }
        }
        return Optional.empty();
    }

    /** A plus sign is itself in a path; {@link URLDecoder} knows forms only. */
    private static String decoded(String encoded) {
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
