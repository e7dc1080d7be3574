package org.maunode.tools.content;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Takes everything, and keeps it as long as it is small. */
public final class HeldContent extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int maxBytes;
    private boolean overflowed;

    public HeldContent(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        overflowed |= kept.size() + length > maxBytes;
        if (!overflowed) {
            kept.write(bytes, offset, length);
        }
    }

    /** All that was written; empty if that was too much. */
    public Optional<byte[]> bytes() {
        return overflowed ? Optional.empty() : Optional.of(kept.toByteArray());
    }
}
