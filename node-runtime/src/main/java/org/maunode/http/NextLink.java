package org.maunode.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.maunode.exchange.RemotePeer.Behind;

/**
 * Where a listing goes on: the query of a {@code Link} to the next page of the same path (RFC 8288). A link to anywhere
 * else is not followed: nobody but the peer itself, whose identity was proved, is asked.
 */
final class NextLink {
    /** Characters of a query that is sent back. */
    static final int MAX_QUERY = 2048;

    private static final Pattern LINK = Pattern.compile("<([^<>]*)>((?:\\s*;[^,<]*)*)");
    private static final Pattern NEXT = Pattern.compile(";\\s*rel\\s*=\\s*\"?next\"?\\s*(;|$)");
    private static final Pattern LAST = Pattern.compile(";\\s*rel\\s*=\\s*\"?last\"?\\s*(;|,|$)");
    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*");

    private NextLink() {}

    /** What the {@code Link} of a listing of {@code path} says of the rest; a peer that knows no paging sends none. */
    static Behind behind(Optional<String> header, String path) {
        if (header.isEmpty()) {
            return new Behind.Untold();
        }
        Optional<String> next = query(header.get(), path, NEXT);
        if (next.isPresent()) {
            return new Behind.More(next.get());
        }
        return LAST.matcher(header.get()).find()
                ? new Behind.Nothing(query(header.get(), path, LAST))
                : new Behind.Untold();
    }

    /** The query behind {@code path}, without its question mark. */
    private static Optional<String> query(String header, String path, Pattern relation) {
        Matcher links = LINK.matcher(header);
        while (links.find()) {
            if (relation.matcher(links.group(2)).find()) {
                return queryOf(path, links.group(1));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> queryOf(String path, String target) {
        int mark = target.indexOf('?');
        return mark == 0 || mark > 0 && target.substring(0, mark).equals(path)
                ? Optional.of(target.substring(mark + 1)).filter(NextLink::isSound)
                : Optional.empty();
    }

    /** Whether {@code query} may stand behind a question mark as it is. */
    static boolean isSound(String query) {
        return query.length() <= MAX_QUERY && QUERY.matcher(query).matches();
    }
}
