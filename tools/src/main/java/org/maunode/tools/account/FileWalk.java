package org.maunode.tools.account;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.maunode.identity.Fingerprint;
import org.maunode.store.ContentStore;
import org.maunode.store.Position;
import org.maunode.store.StoredFile;

/** The files of one directory, oldest first, fetched from the index a batch at a time. */
public final class FileWalk implements Iterator<StoredFile> {
    private static final int BATCH = 256;

    private final ContentStore store;
    private final Fingerprint owner;
    private final Deque<StoredFile> batch = new ArrayDeque<>();
    private Position reached;
    private boolean ended;

    /** @param from where the walk begins */
    public FileWalk(ContentStore store, Fingerprint owner, Position from) {
        this.store = store;
        this.owner = owner;
        this.reached = from;
    }

    /** All files of {@code owner}. */
    public static FileWalk all(ContentStore store, Fingerprint owner) {
        return new FileWalk(store, owner, Position.START);
    }

    @Override
    public boolean hasNext() {
        if (batch.isEmpty() && !ended) {
            batch.addAll(store.list(owner, reached, BATCH));
            ended = batch.size() < BATCH;
            reached = batch.isEmpty() ? reached : Position.after(batch.getLast());
        }
        return !batch.isEmpty();
    }

    @Override
    public StoredFile next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return batch.remove();
    }
}
