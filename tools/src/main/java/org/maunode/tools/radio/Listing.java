package org.maunode.tools.radio;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.maunode.exchange.ListedFile;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.Behind;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;

/** What a node lists of one owner, page by page. */
public final class Listing {
    /** A million files; a node that always names another page is left. */
    private static final int MAX_PAGES = 10_000;

    private final RemotePeer remote;
    private final Fingerprint owner;

    public Listing(RemotePeer remote, Fingerprint owner) {
        this.remote = remote;
        this.owner = owner;
    }

    /** All that it shares with us, oldest first. */
    public void all(Consumer<ListedFile> files, Consumer<String> flaws) {
        from(new From.Since(Instant.MIN), page -> {
            page.flaws().forEach(flaws);
            page.files().forEach(files);
        });
    }

    /** The file of that name as it is now. */
    public Optional<ListedFile> find(FileName name) {
        AtomicReference<Optional<ListedFile>> found = new AtomicReference<>(Optional.empty());
        all(
                file -> Optional.of(file)
                        .filter(one -> one.name().equals(name))
                        .ifPresent(one -> found.set(Optional.of(one))),
                _ -> {});
        return found.get();
    }

    /** What is listed from there on; returns where to go on later. */
    From from(From start, Consumer<RemotePeer.Page> pages) {
        From next = start;
        for (int count = 0; count < MAX_PAGES; count++) {
            RemotePeer.Page page = remote.list(owner, next);
            pages.accept(page);
            next = behind(page, next);
            if (!(page.behind() instanceof Behind.More)) {
                return next;
            }
        }
        return next;
    }

    /** Where what follows a page begins; {@code last} if the node does not say. */
    static From behind(RemotePeer.Page page, From last) {
        return switch (page.behind()) {
            case Behind.More more -> new From.Next(more.cursor());
            case Behind.Nothing nothing ->
                nothing.cursor().<From>map(From.Next::new).orElse(last);
            case Behind.Untold _ -> last;
        };
    }
}
