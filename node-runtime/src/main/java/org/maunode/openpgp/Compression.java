package org.maunode.openpgp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import org.bouncycastle.apache.bzip2.CBZip2InputStream;
import org.maunode.openpgp.AlgorithmPolicy.Limits;

/** The bodies of compressed packets (RFC 4880, 5.6): an algorithm, and data that must end where the packet ends. */
final class Compression {
    static final int NONE = 0;
    static final int ZIP = 1;
    static final int ZLIB = 2;
    static final int BZIP2 = 3;

    private Compression() {}

    /** What a compressed packet holds. To be closed: the inflater's memory is not on the heap. */
    static InputStream expand(InputStream body) throws IOException {
        int algorithm = body.read();
        return switch (algorithm) {
            case NONE -> body;
            case ZIP -> new Inflating(body, true);
            case ZLIB -> new Inflating(body, false);
            case BZIP2 -> new Unzipping(body);
            default -> throw OpenPgpException.unsupported("compression algorithm " + algorithm + " is not known");
        };
    }

    /**
     * Compresses with ZIP, which the Go peer and GnuPG read. Where content shrinks so well that {@code limits} would
     * refuse it, some of it is stored as it is.
     *
     * @param packet the body of a compressed packet
     */
    static OutputStream compress(OutputStream packet, Limits limits) throws IOException {
        packet.write(ZIP);
        return new Deflating(packet, limits);
    }

    private static final class Deflating extends DeflaterOutputStream {
        private static final int CHUNK = 8 * 1024;
        private final Limits limits;
        private boolean isStoring;

        Deflating(OutputStream out, Limits limits) {
            super(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true), CHUNK);
            this.limits = limits;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (shrinksTooWell() != isStoring) {
                isStoring = !isStoring;
                def.setLevel(isStoring ? Deflater.NO_COMPRESSION : Deflater.DEFAULT_COMPRESSION);
            }
            super.write(bytes, offset, length);
        }

        private boolean shrinksTooWell() {
            return def.getBytesRead() > limits.freeBytes() / 2
                    && def.getBytesRead() > def.getBytesWritten() * (limits.expansion() / 2);
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                def.end();
            }
        }
    }

    /** Unlike the JDK's, it says when something lies behind the compressed data. */
    private static final class Inflating extends InputStream {
        private final InputStream in;
        private final Inflater inflater;
        private final byte[] input = new byte[8 * 1024];

        Inflating(InputStream in, boolean isRaw) {
            this.in = in;
            this.inflater = new Inflater(isRaw);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            int n = 0;
            while (n == 0 && length > 0 && !isFinished()) {
                n = inflate(bytes, offset, length);
            }
            return n == 0 && length > 0 ? -1 : n;
        }

        private int inflate(byte[] bytes, int offset, int length) throws IOException {
            if (inflater.needsInput()) {
                fill();
            }
            try {
                return inflater.inflate(bytes, offset, length);
            } catch (DataFormatException e) {
                throw new OpenPgpException(
                        OpenPgpException.Reason.MALFORMED, "the compressed data is damaged: " + e.getMessage(), e);
            }
        }

        private void fill() throws IOException {
            int n = in.read(input);
            if (n < 0) {
                throw OpenPgpException.malformed("the compressed data is cut short");
            }
            inflater.setInput(input, 0, n);
        }

        private boolean isFinished() throws IOException {
            if (inflater.needsDictionary()) {
                throw OpenPgpException.malformed("the compressed data asks for a dictionary");
            }
            if (inflater.finished() && (inflater.getRemaining() > 0 || in.read() >= 0)) {
                throw OpenPgpException.malformed("something lies behind the compressed data");
            }
            return inflater.finished();
        }

        @Override
        public void close() {
            inflater.end();
        }
    }

    /** Tells apart, for a library that does not, the disk's errors from those of the data. */
    private static final class Unzipping extends InputStream {
        private final InputStream in;
        private final InputStream source;
        private InputStream unzipped;

        Unzipping(InputStream in) {
            this.in = in;
            this.source = new UncheckedInput(in);
        }

        @Override
        public int read() throws IOException {
            try {
                if (unzipped == null) {
                    unzipped = new CBZip2InputStream(source);
                }
                int b = unzipped.read();
                if (b < 0 && in.read() >= 0) {
                    throw OpenPgpException.malformed("something lies behind the compressed data");
                }
                return b;
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } catch (OpenPgpException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                throw new OpenPgpException(OpenPgpException.Reason.MALFORMED, "the compressed data is damaged", e);
            }
        }
    }

    private static final class UncheckedInput extends FilterInputStream {
        UncheckedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() {
            try {
                return in.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            try {
                return in.read(bytes, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
