package org.maunode.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** The bytes of a file that is shown before it is on the disk. Nobody can change them. */
public final class Unwritten {
    private final byte[] bytes;

    Unwritten(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** All of them, read-only, at the beginning. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    int size() {
        return bytes.length;
    }
}
