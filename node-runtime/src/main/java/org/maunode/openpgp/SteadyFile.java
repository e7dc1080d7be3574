package org.maunode.openpgp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.maunode.identity.VersionHash;

/**
 * A file that is read twice and must be the same bytes both times. It is open once, so a new file in its place is not
 * noticed; and while the first pass goes, the SHA-256 of all bytes so far is kept at the end of each block. The second pass
 * hands out a block only when the SHA-256 up to its end is the same again: 32 octets of memory for each block read.
 */
final class SteadyFile implements AutoCloseable {
    /** Bytes of a block. */
    static final int BLOCK = 256 * 1024;

    /** Bytes asked of the channel at once; it keeps a buffer of that size outside the heap, for each thread. */
    private static final int SLICE = 32 * 1024;

    private final FileChannel channel;
    private final long size;
    private final List<byte[]> sums = new ArrayList<>();

    private SteadyFile(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    static SteadyFile open(Path file) throws IOException {
        return new SteadyFile(FileChannel.open(file, StandardOpenOption.READ));
    }

    /** The size in bytes when it was opened. */
    long size() {
        return size;
    }

    InputStream firstPass() {
        return new Pass(true);
    }

    /** @throws OpenPgpException from the stream, with {@code TAMPERED}, if the file is not what it was */
    InputStream secondPass() {
        return new Pass(false);
    }

    /** The SHA-256 of the whole file, once the first pass came to its end. */
    VersionHash sum() {
        return VersionHash.of(sums.getLast());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private final class Pass extends BlockInput {
        private final boolean isFirst;
        private final SHA256Digest digest = new SHA256Digest();
        private long position;
        private int blocks;

        Pass(boolean isFirst) {
            super((int) Math.min(BLOCK, size));
            this.isFirst = isFirst;
        }

        @Override
        boolean isReady() throws IOException {
            if (from == to && position < size) {
                fill((int) Math.min(block.length, size - position));
                digest.update(block, 0, to);
                check(sumSoFar());
            }
            return from < to;
        }

        private void fill(int length) throws IOException {
            from = 0;
            to = 0;
            while (to < length) {
                int n = channel.read(ByteBuffer.wrap(block, to, Math.min(SLICE, length - to)), position);
                if (n < 0) {
                    throw changed();
                }
                to += n;
                position += n;
            }
        }

        private byte[] sumSoFar() {
            byte[] sum = new byte[VersionHash.LENGTH];
            new SHA256Digest(digest).doFinal(sum, 0);
            return sum;
        }

        private void check(byte[] sum) throws IOException {
            if (isFirst) {
                sums.add(sum);
            } else if (!Arrays.equals(sum, sums.get(blocks++))) {
                throw changed();
            }
            if (position == size && channel.size() != size) {
                throw changed();
            }
        }

        private OpenPgpException changed() {
            to = 0;
            return OpenPgpException.tampered("the file changed while it was read");
        }
    }
}
