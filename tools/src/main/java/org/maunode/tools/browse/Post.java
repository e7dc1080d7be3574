package org.maunode.tools.browse;

import java.time.Instant;
import org.maunode.store.StoredFile;
import org.maunode.tools.content.Description;

/**
 * One file as somebody browses it.
 *
 * @param time inside its signature; of a file that was not verified, when it came here
 */
public record Post(StoredFile file, Instant time, Body body) {
    /** What is in it. */
    public sealed interface Body {
        /** JSON-LD, verified. */
        record Told(Description description) implements Body {}

        /** Anything else, verified. */
        record Other() implements Body {}

        /** Verified, but not what its name promises. */
        record Flawed(String why) implements Body {}

        /** Too large to be verified in passing. */
        record Unread() implements Body {}

        /** Not signed by its author, or not readable. */
        record Refused(String why) implements Body {}
    }

    boolean isVerified() {
        return !(body instanceof Body.Refused || body instanceof Body.Unread);
    }

    /** Whether it is of a schema.org type; what is no JSON-LD is of none. */
    boolean isA(String type) {
        return body instanceof Body.Told told && told.description().isA(type);
    }
}
