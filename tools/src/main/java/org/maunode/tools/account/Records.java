package org.maunode.tools.account;

import com.eclipsesource.json.JsonObject;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.store.StoredFile;

/** The JSON forms of what commands tell; keys are part of the interface (docs/cli.md). */
public final class Records {
    private Records() {}

    /** {@code name}, {@code email}, {@code fingerprint}. */
    public static JsonObject person(PublicIdentity key) {
        return new JsonObject()
                .add("name", key.name())
                .add("email", key.email())
                .add("fingerprint", key.fingerprint().toString());
    }

    /** {@code name}, {@code author}, {@code size}, {@code modified}, {@code sha256}. */
    public static JsonObject file(StoredFile file) {
        return new JsonObject()
                .add("name", file.name().value())
                .add("author", file.owner().toString())
                .add("size", file.size())
                .add("modified", file.modified().toString())
                .add("sha256", file.sum().toString());
    }
}
