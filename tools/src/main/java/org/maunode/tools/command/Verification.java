package org.maunode.tools.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Records;
import org.maunode.tools.account.Session;

/** What became of the check of one file's signature. */
sealed interface Verification {
    /** Whole, and signed by its author. */
    record Good(Instant signedAt) implements Verification {}

    /** Not what it should be. */
    record Bad(String why) implements Verification {}

    /** Checks {@code file} against the key of the owner of its directory. */
    static Verification of(Session session, People people, StoredFile file) {
        Optional<PublicIdentity> author = people.key(file.owner());
        if (author.isEmpty()) {
            return new Bad("the key of " + file.owner() + " is not in the keyring");
        }
        try {
            return new Good(session.opener().verify(file.path(), author.get()).signedAt());
        } catch (OpenPgpException refused) {
            return new Bad(refused.getMessage());
        } catch (IOException unreadable) {
            return new Bad("cannot be read: " + unreadable.getMessage());
        }
    }

    default boolean isGood() {
        return this instanceof Good;
    }

    /** Adds {@code verified}, {@code signedAt} and {@code problem} to the record of {@code file}. */
    default JsonObject record(People people, StoredFile file) {
        JsonObject record = Records.file(file).add("authorName", people.display(file.owner()));
        return switch (this) {
            case Good good ->
                record.add("verified", true)
                        .add("signedAt", good.signedAt().toString())
                        .add("problem", Json.NULL);
            case Bad bad ->
                record.add("verified", false).add("signedAt", Json.NULL).add("problem", bad.why());
        };
    }
}
