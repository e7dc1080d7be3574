package org.maunode.ble.session;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** One direction of one call: writes bytes as fast as it may, finishes, and collects what arrives at the other end. */
final class Transfer {
    private final Call from;
    private final Call to;
    private final byte[] bytes;
    private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    private final byte[] buffer;
    private int written;
    private boolean finished;
    private int ended;

    Transfer(Call from, Call to, byte[] bytes, int readAtOnce) {
        this.from = from;
        this.to = to;
        this.bytes = bytes;
        this.buffer = new byte[readAtOnce];
    }

    static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    void write() {
        written += from.write(bytes, written, bytes.length - written);
        if (written == bytes.length) {
            from.finish();
            finished = true;
        }
    }

    void read() {
        int read = to.read(buffer, 0, buffer.length);
        while (read > 0) {
            arrived.write(buffer, 0, read);
            read = to.read(buffer, 0, buffer.length);
        }
        ended += read < 0 ? 1 : 0;
    }

    void writeIfOpen() {
        if (!finished) {
            write();
        }
    }

    void work() {
        writeIfOpen();
        read();
    }

    boolean isDone() {
        return ended > 0;
    }

    byte[] sent() {
        return bytes;
    }

    byte[] arrived() {
        return arrived.toByteArray();
    }
}
