package org.maunode.openpgp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Hands out the bytes between {@link #from} and {@link #to} of a block, which its kind fills when they meet. */
abstract class BlockInput extends InputStream {
    final byte[] block;
    int from;
    int to;

    BlockInput(int size) {
        this.block = new byte[size];
    }

    /** Fills the block if it is empty; {@code false} at the end. */
    abstract boolean isReady() throws IOException;

    @Override
    public int read() throws IOException {
        return isReady() ? block[from++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0 || !isReady()) {
            return length == 0 ? 0 : -1;
        }
        int n = Math.min(length, to - from);
        System.arraycopy(block, from, bytes, offset, n);
        from += n;
        return n;
    }
}
