package org.maunode.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Content that is at hand as a whole. */
final class ReadyBody implements Body {
    private final ByteBuffer rest;
    private final int length;
    private final String type;

    private ReadyBody(byte[] content, String type) {
        this.rest = ByteBuffer.wrap(content);
        this.length = content.length;
        this.type = type;
    }

    static ReadyBody json(String text) {
        return new ReadyBody(text.getBytes(StandardCharsets.UTF_8), "application/json");
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
