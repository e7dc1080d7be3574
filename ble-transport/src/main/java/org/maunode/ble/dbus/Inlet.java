package org.maunode.ble.dbus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Cuts what comes from the bus into lines, while it greets us, and into messages. Grows to the message that comes, and no more. */
final class Inlet {
    /** Some messages with a frame each: one read for many. */
    private static final int USUAL = 16 * 1024;

    private ByteBuffer bytes = ByteBuffer.allocate(USUAL);

    /**
     * Takes what is there, as far as there is room.
     *
     * @throws DBusException with {@code LOST} at the end of the stream
     */
    void fill(ReadableByteChannel channel) throws IOException {
        if (channel.read(bytes) < 0) {
            throw new DBusException(DBusException.Reason.LOST, "the bus ended the connection");
        }
    }

    /** The next line, without its end. */
    Optional<String> line() {
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n");
        if (end < 0 && text.length() > Limits.GREETING_LINE) {
            throw new DBusException(DBusException.Reason.MALFORMED, "the bus greets without end");
        }
        if (end < 0) {
            return Optional.empty();
        }
        drop(end + 2);
        return Optional.of(text.substring(0, end));
    }

    /** The next message's bytes. */
    Optional<byte[]> message() {
        if (bytes.position() < Headers.FIXED) {
            return Optional.empty();
        }
        int length = Headers.length(bytes.duplicate().flip());
        if (bytes.position() < length) {
            room(length);
            return Optional.empty();
        }
        byte[] message = new byte[length];
        bytes.get(0, message);
        drop(length);
        return Optional.of(message);
    }

    private void drop(int count) {
        bytes.flip().position(count);
        bytes.compact();
        if (bytes.capacity() > USUAL && bytes.position() <= USUAL) {
            bytes = ByteBuffer.allocate(USUAL).put(bytes.flip());
        }
    }

    private void room(int length) {
        if (length > bytes.capacity()) {
            bytes = ByteBuffer.allocate(length).put(bytes.flip());
        }
    }
}
