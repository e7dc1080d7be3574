package org.maunode.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a request is answered with.
 *
 * @param body what follows the header; empty for an answer without content, whose length is 0
 */
record Reply(int status, Map<String, String> headers, Optional<Body> body) {
    Reply {
        headers = Map.copyOf(headers);
    }

    /** A status and nothing else. */
    static Reply of(int status) {
        return new Reply(status, Map.of(), Optional.empty());
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }
}
