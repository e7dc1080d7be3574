package org.maunode.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.maunode.exchange.ListingJson;
import org.maunode.store.StoredFile;

/** A listing as JSON, written while it is read. */
final class ListingBody implements Body {
    private static final String OPEN = "[";
    private static final String BETWEEN = ",\n";
    private static final String CLOSE = "]";

    private final Iterator<StoredFile> files;
    private ByteBuffer pending = ascii(OPEN);
    private boolean first = true;
    private boolean closed;

    ListingBody(Iterator<StoredFile> files) {
        this.files = files;
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public long length() {
        return -1;
    }

    @Override
    public String type() {
        return "application/json";
    }

    @Override
    public boolean fill(ByteBuffer chunk) {
        while (chunk.hasRemaining() && (pending.hasRemaining() || next())) {
            int step = Math.min(chunk.remaining(), pending.remaining());
            chunk.put(pending.slice(pending.position(), step));
            pending.position(pending.position() + step);
        }
        return pending.hasRemaining() || !closed;
    }

    private boolean next() {
        if (files.hasNext()) {
            pending = ascii((first ? "" : BETWEEN) + ListingJson.element(files.next()));
            first = false;
            return true;
        }
        if (closed) {
            return false;
        }
        pending = ascii(CLOSE);
        closed = true;
        return true;
    }

    @Override
    public void close() {
        // Nothing is held open between two batches.
    }
}
