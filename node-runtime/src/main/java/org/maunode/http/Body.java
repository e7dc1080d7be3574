package org.maunode.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The content of an answer, read a chunk at a time on threads that may wait for the disk. */
interface Body extends AutoCloseable {
    /** Bytes in all, or -1 if that is not known before the end. */
    long length();

    String type();

    /**
     * Puts the next bytes into {@code chunk}, at least one of them.
     *
     * @return whether there are more behind these
     */
    boolean fill(ByteBuffer chunk) throws IOException;

    @Override
    void close();
}
