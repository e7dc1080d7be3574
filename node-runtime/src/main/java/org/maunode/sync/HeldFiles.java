package org.maunode.sync;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.maunode.exchange.ListedFile;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.Behind;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.store.StoredFile;

/**
 * What a peer holds of ours: eight octets a file, since there may be many. Two files that look the same cost no more than
 * that one is left out. Confined to one thread at a time.
 */
final class HeldFiles {
    /** Files that are remembered, half a megabyte; of a peer that holds more, the rest may be offered once more. */
    static final int MAX = 1 << 16;

    private static final int FIRST = 64;

    private long[] files = new long[FIRST];
    private int count;
    private boolean sorted = true;

    /** What {@code remote} lists of {@code owner}; empty if it is one that cannot say where its listing ends. */
    static Optional<HeldFiles> listedBy(RemotePeer remote, Fingerprint owner) {
        HeldFiles held = new HeldFiles();
        Optional<From> next = Optional.of(new From.Since(Instant.MIN));
        for (int pages = 0; next.isPresent() && pages < Follower.MAX_PAGES; pages++) {
            RemotePeer.Page page = remote.list(owner, next.get());
            if (page.behind() instanceof Behind.Untold) {
                return Optional.empty();
            }
            next = page.files().stream().allMatch(held::add) ? next(page.behind()) : Optional.empty();
        }
        return Optional.of(held);
    }

    private static Optional<From> next(Behind behind) {
        return behind instanceof Behind.More more ? Optional.of(new From.Next(more.cursor())) : Optional.empty();
    }

    /** {@code false} if there is no room. */
    boolean add(ListedFile file) {
        if (count == MAX) {
            return false;
        }
        if (count == files.length) {
            files = Arrays.copyOf(files, count * 2);
        }
        files[count++] = digest(file.name(), file.sum());
        sorted = false;
        return true;
    }

    boolean contains(StoredFile file) {
        if (!sorted) {
            Arrays.sort(files, 0, count);
            sorted = true;
        }
        return Arrays.binarySearch(files, 0, count, digest(file.name(), file.sum())) >= 0;
    }

    private static long digest(FileName name, VersionHash sum) {
        long folded = Long.parseUnsignedLong(sum.toString().substring(0, Long.BYTES * 2), 16);
        return folded * 31 + name.hashCode();
    }
}
