package org.maunode.openpgp;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Seals and opens a large message; the test gives it a small heap. Arguments: a file to write, mebibytes. */
final class StreamingProbe {
    private StreamingProbe() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        long size = Long.parseLong(arguments[1]) << 20;
        Instant now = Instant.parse("2026-11-23T00:00:00Z");
        SecretIdentity account = SecretIdentity.generate("Probe", "", now);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            new Sealer(account).seal(() -> new Lines(size), List.of(), now).writeTo(out);
        }
        Comparison comparison = new Comparison(new Lines(size));
        new Opener(account).open(file, account.publicIdentity(), comparison);
        System.out.println(comparison.isSame() ? "same" : "different");
    }

    /** Text that shrinks as measurements do: each octet depends on its place alone. */
    private static final class Lines extends InputStream {
        private final long size;
        private long at;

        Lines(long size) {
            this.size = size;
        }

        @Override
        public int read() {
            return at < size ? octet(at++) & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int n = (int) Math.min(length, size - at);
            for (int i = 0; i < n; i++) {
                bytes[offset + i] = octet(at++);
            }
            return n == 0 ? -1 : n;
        }

        private static byte octet(long at) {
            return (byte) (at % 32 == 0 ? (at * 2_654_435_761L >> 20) : 'a' + at % 32);
        }
    }

    private static final class Comparison extends OutputStream {
        private final InputStream expected;
        private boolean isSame = true;

        Comparison(InputStream expected) {
            this.expected = expected;
        }

        @Override
        public void write(int b) throws IOException {
            isSame &= expected.read() == (b & 0xff);
        }

        boolean isSame() throws IOException {
            return isSame && expected.read() < 0;
        }
    }
}
