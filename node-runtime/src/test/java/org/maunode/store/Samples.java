package org.maunode.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.maunode.identity.FileName;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Envelope;

/** Records and hashes out of a seed. */
final class Samples {
    private Samples() {}

    static VersionHash sum(Random random) {
        byte[] bytes = new byte[VersionHash.LENGTH];
        random.nextBytes(bytes);
        return VersionHash.of(bytes);
    }

    static IndexRecord record(String name, long modified, Random random) {
        Stamp stamp = new Stamp(random.nextLong(), random.nextInt(1 << 20), modified, random.nextLong());
        return new IndexRecord(new FileName(name), stamp, false, Optional.of(facts(random)));
    }

    static IndexRecord noMessage(String name, long modified, Random random) {
        Stamp stamp = new Stamp(random.nextLong(), random.nextInt(1 << 20), modified, random.nextLong());
        return new IndexRecord(new FileName(name), stamp, random.nextBoolean(), Optional.empty());
    }

    static Facts facts(Random random) {
        List<Long> ids = LongStream.generate(random::nextLong)
                .limit(random.nextInt(4))
                .boxed()
                .toList();
        OptionalLong signedAt =
                random.nextBoolean() ? OptionalLong.of(random.nextInt(Integer.MAX_VALUE)) : OptionalLong.empty();
        return new Facts(sum(random), new Envelope(!ids.isEmpty(), ids), signedAt);
    }
}
