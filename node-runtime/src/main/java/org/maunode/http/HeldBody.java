package org.maunode.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A body with its place among the bodies that may be under way. */
record HeldBody(Body body, Quota.Place place) implements Body {
    @Override
    public long length() {
        return body.length();
    }

    @Override
    public String type() {
        return body.type();
    }

    @Override
    public boolean fill(ByteBuffer chunk) throws IOException {
        return body.fill(chunk);
    }

    @Override
    public void close() {
        try (place) {
            body.close();
        }
    }
}
