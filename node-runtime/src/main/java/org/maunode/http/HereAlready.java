package org.maunode.http;

import java.nio.ByteBuffer;
import org.maunode.exchange.Delivery;

/** A file that need not come, and comes all the same: in HTTP/1.1 the connection can only go on behind it. */
enum HereAlready implements Delivery.Open {
    INSTANCE;

    @Override
    public void write(ByteBuffer bytes) {
        bytes.position(bytes.limit());
    }

    @Override
    public Verdict finish() {
        return new Delivery.Taken(false);
    }

    @Override
    public void close() {
        // Nothing was kept.
    }
}
