package org.maunode.tools.browse;

import java.time.Instant;
import java.util.Optional;

/**
 * Which posts are wanted.
 *
 * @param type a schema.org type, with or without prefix
 * @param since the earliest time of a post
 */
public record PostFilter(Optional<String> type, Optional<Instant> since) {
    boolean wants(Post post) {
        return type.map(post::isA).orElse(true)
                && since.map(earliest -> !post.time().isBefore(earliest)).orElse(true);
    }
}
