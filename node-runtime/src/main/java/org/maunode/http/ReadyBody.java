package org.maunode.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Content that is at hand as a whole. */
final class ReadyBody implements Body {
    private final ByteBuffer rest;
    private final int length;
    private final String type;

    private ReadyBody(ByteBuffer content, String type) {
        this.rest = content;
        this.length = content.remaining();
        this.type = type;
    }

    static ReadyBody json(String text) {
        return new ReadyBody(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), "application/json");
    }

    /** A part of a file whose bytes are in memory. */
    static ReadyBody part(ByteBuffer file, ByteRange range) {
        return new ReadyBody(file.slice((int) range.first(), (int) range.length()), FileBody.TYPE);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public boolean fill(ByteBuffer chunk) {
        int step = Math.min(chunk.remaining(), rest.remaining());
        chunk.put(rest.slice(rest.position(), step));
        rest.position(rest.position() + step);
        return rest.hasRemaining();
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
