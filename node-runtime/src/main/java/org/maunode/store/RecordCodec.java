package org.maunode.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.maunode.identity.FileName;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Envelope;

/**
 * Records as bytes, big-endian:
 *
 * <pre>
 * inode 8, size 8, modified 8, changed 8, flags 1, name length 1, name
 * of a message also: sum 32, [signed at 8], key ids 8 each up to the end
 * </pre>
 */
final class RecordCodec {
    private static final int UNSURE = 1;
    private static final int MESSAGE = 2;
    private static final int SEALED = 4;
    private static final int SIGNED_AT = 8;
    private static final int NAME = 4 * Long.BYTES + 1;
    private static final int FIXED = NAME + 1;

    private RecordCodec() {}

    static byte[] encode(IndexRecord record) {
        byte[] name = record.name().value().getBytes(StandardCharsets.UTF_8);
        int facts = record.facts()
                .map(f -> VersionHash.LENGTH
                        + Long.BYTES * (1 + f.envelope().keyIds().size()))
                .orElse(0);
        ByteBuffer out = ByteBuffer.allocate(FIXED + name.length + facts);
        Stamp stamp = record.stamp();
        out.putLong(stamp.inode())
                .putLong(stamp.size())
                .putLong(stamp.modified())
                .putLong(stamp.changed());
        out.put((byte) flags(record)).put((byte) name.length).put(name);
        record.facts().ifPresent(f -> put(out, f));
        return Arrays.copyOf(out.array(), out.position());
    }

    private static int flags(IndexRecord record) {
        int unsure = record.unsure() ? UNSURE : 0;
        return unsure
                | record.facts()
                        .map(f -> MESSAGE
                                | (f.envelope().sealed() ? SEALED : 0)
                                | (f.signedAt().isPresent() ? SIGNED_AT : 0))
                        .orElse(0);
    }

    private static void put(ByteBuffer out, Facts facts) {
        out.put(facts.sum().bytes());
        facts.signedAt().ifPresent(out::putLong);
        facts.envelope().keyIds().forEach(out::putLong);
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws RuntimeException of any kind if it did not
     */
    static IndexRecord decode(ByteBuffer in) {
        Stamp stamp = new Stamp(in.getLong(), in.getLong(), in.getLong(), in.getLong());
        int flags = in.get();
        FileName name = new FileName(name(in));
        Optional<Facts> facts = (flags & MESSAGE) != 0 ? Optional.of(facts(in, flags)) : Optional.empty();
        return new IndexRecord(name, stamp, (flags & UNSURE) != 0, facts);
    }

    /** Reads the name alone. */
    static String decodeName(ByteBuffer in) {
        return name(in.position(NAME));
    }

    private static String name(ByteBuffer in) {
        byte[] name = new byte[Byte.toUnsignedInt(in.get())];
        in.get(name);
        return new String(name, StandardCharsets.UTF_8);
    }

    private static Facts facts(ByteBuffer in, int flags) {
        byte[] sum = new byte[VersionHash.LENGTH];
        in.get(sum);
        OptionalLong signedAt = (flags & SIGNED_AT) != 0 ? OptionalLong.of(in.getLong()) : OptionalLong.empty();
        List<Long> keyIds = new ArrayList<>(in.remaining() / Long.BYTES);
        while (in.hasRemaining()) {
            keyIds.add(in.getLong());
        }
        return new Facts(VersionHash.of(sum), new Envelope((flags & SEALED) != 0, keyIds), signedAt);
    }
}
