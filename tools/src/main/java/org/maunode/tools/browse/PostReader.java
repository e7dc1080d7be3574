package org.maunode.tools.browse;

import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.VerifiedMessage;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.People;
import org.maunode.tools.browse.Post.Body;
import org.maunode.tools.content.ContentException;
import org.maunode.tools.content.Description;
import org.maunode.tools.content.HeldContent;
import org.maunode.tools.content.JsonLd;

/** Verifies files and describes them, one at a time, in bounded memory. */
public final class PostReader {
    /** Larger files are listed without being read: verifying one takes longer than a reader waits. */
    static final long MAX_FILE_BYTES = 8L << 20;

    /** Larger content is not described. */
    static final int MAX_CONTENT_BYTES = 256 << 10;

    private final Opener opener;
    private final People people;

    public PostReader(Opener opener, People people) {
        this.opener = Objects.requireNonNull(opener);
        this.people = Objects.requireNonNull(people);
    }

    /** Reads a file; whatever is wrong with it is part of the answer. */
    public Post read(StoredFile file) {
        if (file.size() > MAX_FILE_BYTES) {
            return new Post(file, file.modified(), new Body.Unread());
        }
        Optional<PublicIdentity> author = people.key(file.owner());
        if (author.isEmpty()) {
            return refused(file, "its author's key is not in the keyring");
        }
        try {
            return JsonLd.isPromisedBy(file.name())
                    ? described(file, author.get())
                    : new Post(file, opener.verify(file.path(), author.get()).signedAt(), new Body.Other());
        } catch (OpenPgpException wrong) {
            return refused(file, wrong.getMessage());
        } catch (IOException unreadable) {
            return refused(file, "cannot be read: " + unreadable.getMessage());
        }
    }

    private static Post refused(StoredFile file, String why) {
        return new Post(file, file.modified(), new Body.Refused(why));
    }

    private Post described(StoredFile file, PublicIdentity author) throws IOException {
        HeldContent content = new HeldContent(MAX_CONTENT_BYTES);
        VerifiedMessage message = opener.open(file.path(), author, content);
        Instant signed = message.signedAt();
        return new Post(
                file,
                signed,
                content.bytes().map(PostReader::told).orElseGet(() -> new Body.Flawed("too large to be shown")));
    }

    private static Body told(byte[] content) {
        try {
            return new Body.Told(Description.of(content));
        } catch (ContentException flaw) {
            return new Body.Flawed(flaw.getMessage());
        }
    }
}
