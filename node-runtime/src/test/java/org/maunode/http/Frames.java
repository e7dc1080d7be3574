package org.maunode.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** HTTP/2 frames by hand (RFC 9113, 4.1 and 6), and headers without compression (RFC 7541, 6.2.2). */
final class Frames {
    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    private Frames() {}

    record Frame(int type, int flags, int stream, byte[] payload) {}

    static byte[] of(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    static byte[] settings(int... namesAndValues) {
        ByteBuffer payload = ByteBuffer.allocate(namesAndValues.length * 3);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            payload.putShort((short) namesAndValues[i]).putInt(namesAndValues[i + 1]);
        }
        return of(SETTINGS, 0, 0, payload.array());
    }

    static byte[] settingsAck() {
        return of(SETTINGS, ACK, 0, new byte[0]);
    }

    static byte[] ping() {
        return of(PING, 0, 0, new byte[8]);
    }

    static byte[] reset(int stream) {
        return of(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(8).array());
    }

    static byte[] windowUpdate(int stream, int bytes) {
        return of(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
    }

    /** A whole request in one frame. */
    static byte[] request(String method, int stream, String path) {
        return of(HEADERS, END_HEADERS | END_STREAM, stream, block(method, path));
    }

    static byte[] block(String method, String path) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x02);
        text(block, method);
        block.write(0x87);
        block.write(0x04);
        text(block, path);
        block.write(0x01);
        text(block, "localhost");
        return block.toByteArray();
    }

    /** A literal header that is not indexed. */
    static byte[] header(String name, String value) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x00);
        text(block, name);
        text(block, value);
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int left = bytes.length;
        if (left < 127) {
            block.write(left);
        } else {
            block.write(127);
            for (left -= 127; left >= 128; left >>= 7) {
                block.write(left & 127 | 128);
            }
            block.write(left);
        }
        block.writeBytes(bytes);
    }
}
