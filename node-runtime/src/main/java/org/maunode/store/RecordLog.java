package org.maunode.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.CRC32;

/**
 * Records one behind the other, in a file, the newest in memory until they are many:
 *
 * <pre>
 * file:   "mauidx01" | record | record | ...          record: length 4, CRC-32 4, payload, zeros up to a multiple of 8
 * memory:                                | record ... (the tail, written out when it is {@value #TAIL} bytes)
 * </pre>
 *
 * A place is an offset divided by 8. What is lost or damaged at the end is cut off; it costs reading those files again, so
 * nothing here is forced to the medium. Not thread-safe. Not a channel, which an interrupt would close for everybody.
 */
final class RecordLog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.store");

    static final byte[] MAGIC = "mauidx01".getBytes(StandardCharsets.US_ASCII);
    static final int TAIL = 64 * 1024;

    private static final int GRAIN = 8;
    private static final int FRAME = 8;
    private static final int LONGEST = 128 * 1024;
    private static final int WINDOW = 8 * 1024;

    private final Optional<RandomAccessFile> file;
    private final boolean writable;
    private long written = MAGIC.length;
    private byte[] tail = new byte[1024];
    private int tailLength;
    private byte[] window = new byte[0];
    private long windowAt;

    private RecordLog(Optional<RandomAccessFile> file, boolean writable) {
        this.file = file;
        this.writable = writable;
    }

    /** What takes in the records of a file, in the order in which they were written. */
    @FunctionalInterface
    interface Loader {
        /** Throws any runtime exception at a record that makes no sense, where the reading ends. */
        void load(int place, ByteBuffer payload) throws IOException;
    }

    /**
     * Opens {@code path}; to be loaded before anything else.
     *
     * @param writable whether this process is the one that writes it
     */
    static RecordLog open(Path path, boolean writable, Disk disk) throws IOException {
        if (writable && !Files.exists(path)) {
            disk.create(path).close();
        }
        if (!Files.exists(path)) {
            return inMemory();
        }
        return new RecordLog(Optional.of(new RandomAccessFile(path.toFile(), writable ? "rw" : "r")), writable);
    }

    /** A log that is forgotten at the end. */
    static RecordLog inMemory() {
        return new RecordLog(Optional.empty(), false);
    }

    /** Reads what is whole in the file, and cuts off the rest. */
    void load(Loader loader) throws IOException {
        if (file.isPresent()) {
            load(file.get(), loader);
        }
    }

    /** Writes the beginning of a file of records. */
    static void writeHeader(OutputStream out) throws IOException {
        out.write(MAGIC);
    }

    /** Writes one record. */
    static void writeRecord(OutputStream out, byte[] payload) throws IOException {
        out.write(framed(payload));
    }

    /** Bytes that the log takes, the tail included. */
    long length() {
        return written + tailLength;
    }

    /** Bytes that a record of such a payload takes. */
    static int framedLength(int payload) {
        return FRAME + payload + GRAIN - 1 & -GRAIN;
    }

    /** Adds a record, and tells its place. */
    int append(byte[] payload) {
        byte[] record = framed(payload);
        if (tailLength + record.length > tail.length) {
            tail = Arrays.copyOf(tail, 2 * tail.length + record.length);
        }
        int place = Math.toIntExact(length() / GRAIN);
        System.arraycopy(record, 0, tail, tailLength, record.length);
        tailLength += record.length;
        if (tailLength >= TAIL) {
            flushOrKeep();
        }
        return place;
    }

    /** A disk that is full must not stop those who only want to know. */
    private void flushOrKeep() {
        try {
            flush();
        } catch (IOException keptInMemory) {
            LOG.log(Level.FINE, "index-not-written: {0}", keptInMemory.toString());
        }
    }

    /** The payload of the record at a place that {@link #append} or the loading told. */
    ByteBuffer read(int place) throws IOException {
        long offset = (long) place * GRAIN;
        int length = bytes(offset, FRAME).getInt();
        return bytes(offset + FRAME, length);
    }

    /** Writes the tail to the file, if this process writes it. */
    void flush() throws IOException {
        if (writable && tailLength > 0) {
            RandomAccessFile out = file.orElseThrow();
            out.seek(written);
            out.write(tail, 0, tailLength);
            written += tailLength;
            tailLength = 0;
        }
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }

    private void load(RandomAccessFile in, Loader loader) throws IOException {
        long end = in.length();
        written = end;
        written = end >= MAGIC.length && bytes(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC)) ? end : 0;
        long offset = MAGIC.length;
        while (offset < written) {
            int taken = loadOne(loader, offset);
            if (taken == 0) {
                break;
            }
            offset += taken;
        }
        written = offset;
        cutOff(end);
    }

    /** Bytes of the record at {@code offset}; 0 if there is no sound one. */
    private int loadOne(Loader loader, long offset) throws IOException {
        try {
            ByteBuffer frame = bytes(offset, FRAME);
            int length = frame.getInt();
            int crc = frame.getInt();
            if (length <= 0 || length > LONGEST || offset + framedLength(length) > written) {
                return 0;
            }
            ByteBuffer payload = bytes(offset + FRAME, length);
            if (crc(payload.duplicate()) != crc) {
                return 0;
            }
            loader.load(Math.toIntExact(offset / GRAIN), payload);
            return framedLength(length);
        } catch (EOFException | RuntimeException unsound) {
            return 0;
        }
    }

    private void cutOff(long end) throws IOException {
        if (writable && (end != written || end == MAGIC.length)) {
            RandomAccessFile out = file.orElseThrow();
            out.setLength(written);
            out.seek(0);
            out.write(MAGIC);
        }
        window = new byte[0];
    }

    private ByteBuffer bytes(long offset, int length) throws IOException {
        if (offset >= written) {
            int from = Math.toIntExact(offset - written);
            if (length < 0 || from + length > tailLength) {
                throw new EOFException("no record at " + offset);
            }
            return ByteBuffer.wrap(tail, from, length).slice();
        }
        if (offset < windowAt || offset + length > windowAt + window.length) {
            fill(offset, length);
        }
        return ByteBuffer.wrap(window, (int) (offset - windowAt), length).slice();
    }

    /** Reads ahead, since records are mostly asked for one behind the other. The buffer handed out before stays as it is. */
    private void fill(long offset, int length) throws IOException {
        if (length < 0 || length > LONGEST || offset + length > written) {
            throw new EOFException("no record at " + offset);
        }
        byte[] next = new byte[(int) Math.min(Math.max(length, WINDOW), written - offset)];
        RandomAccessFile in = file.orElseThrow();
        in.seek(offset);
        in.readFully(next);
        window = next;
        windowAt = offset;
    }

    private static byte[] framed(byte[] payload) {
        ByteBuffer record = ByteBuffer.allocate(framedLength(payload.length));
        record.putInt(payload.length).putInt(crc(ByteBuffer.wrap(payload))).put(payload);
        return record.array();
    }

    private static int crc(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
