package org.maunode.discovery.kademlia;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The nodes we know, in a bucket for each number of leading bits that they share with us. At most {@link Engine#K} nodes and
 * {@link Bucket#MAX_SPARES} spares in each of 160 buckets, and of one network prefix as many as {@link Prefix.Kind} says.
 */
final class Table {
    /** Who proved itself within this, in milliseconds, need not make room for another. */
    static final long RECENT = 300_000;
    /** Who proved itself at the address that it claims within this, in milliseconds, is not called back. */
    static final long FRESH = 1_800_000;

    private final Id self;
    private final Bucket[] buckets = new Bucket[Id.BITS];
    private int end;

    Table(Id self) {
        this.self = self;
    }

    /** The number of the bucket that {@code id}, not our own, belongs to. */
    int indexOf(Id id) {
        return self.sharedBits(id);
    }

    private Bucket bucket(Id id) {
        int index = indexOf(id);
        if (buckets[index] == null) {
            buckets[index] = new Bucket();
            end = Math.max(end, index + 1);
        }
        return buckets[index];
    }

    Optional<Node> find(Id id) {
        return id.equals(self) ? Optional.empty() : bucket(id).find(id);
    }

    boolean isSpare(Id id) {
        return find(id).filter(node -> bucket(id).spares().contains(node)).isPresent();
    }

    /** Takes in what a call, or the disk, showed. Whether the nodes have changed by it, and are worth saving. */
    boolean offer(Node node) {
        Optional<Node> known = find(node.id);
        if (known.isPresent()) {
            return renew(known.get(), node);
        }
        return !node.id.equals(self) && admits(node) && bucket(node.id).add(node);
    }

    private boolean renew(Node known, Node shown) {
        boolean moved = !known.contact().equals(shown.contact());
        boolean sameNet = known.place().prefix().equals(shown.place().prefix());
        if (sameNet || admits(shown)) {
            known.renew(shown);
            return moved;
        }
        return bucket(known.id).remove(known);
    }

    /** Whether the limits of its prefix let {@code node} in; the dead are dropped for it. */
    private boolean admits(Node node) {
        Prefix prefix = node.place().prefix();
        Bucket bucket = bucket(node.id);
        if (bucket.count(prefix) >= prefix.kind().inBucket) {
            return dropDead(bucket, prefix);
        }
        return count(prefix) < prefix.kind().inTable || dropDead(prefix);
    }

    private boolean dropDead(Prefix prefix) {
        for (int index = 0; index < end; index++) {
            if (buckets[index] != null && dropDead(buckets[index], prefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean dropDead(Bucket bucket, Prefix prefix) {
        for (Node node : bucket.nodes()) {
            if (node.isDead() && node.place().prefix().equals(prefix)) {
                return bucket.remove(node);
            }
        }
        return false;
    }

    /** How many nodes and spares are of this prefix; not counted where there is no limit. */
    int count(Prefix prefix) {
        if (prefix.kind() == Prefix.Kind.LOOPBACK) {
            return 0;
        }
        int count = 0;
        for (int index = 0; index < end; index++) {
            count += buckets[index] == null ? 0 : buckets[index].count(prefix);
        }
        return count;
    }

    /** Whether a proof that {@code id} is at {@code place} would change anything. */
    boolean wants(Id id, Place place, long now) {
        Optional<Node> known = find(id);
        if (known.isPresent()) {
            Node node = known.get();
            boolean sameAddress = node.contact().address().equals(place.address());
            return !sameAddress || node.isSuspect() || !node.provedWithin(FRESH, now);
        }
        return !id.equals(self)
                && (bucket(id).hasRoom() || toCheck(indexOf(id), now).isPresent());
    }

    /** In a full bucket, the node whose turn it is to show that it lives; nobody if all did so recently. */
    Optional<Node> toCheck(int index, long now) {
        Bucket bucket = buckets[index];
        if (bucket == null || !bucket.isFull()) {
            return Optional.empty();
        }
        return bucket.next().filter(node -> node.isSuspect() || !node.provedWithin(RECENT, now));
    }

    /** Whether a bucket is full of nodes that proved themselves within {@code span}. */
    boolean isFresh(int index, long span, long now) {
        Bucket bucket = buckets[index];
        return bucket != null
                && bucket.isFull()
                && bucket.nodes().stream().allMatch(node -> !node.isSuspect() && node.provedWithin(span, now));
    }

    /** Counts a failed call; whether the nodes have changed by it. */
    boolean failed(Node node) {
        return bucket(node.id).failed(node);
    }

    /** Drops a node; whether the nodes have changed by it. */
    boolean remove(Id id) {
        return find(id).map(node -> bucket(id).remove(node)).orElse(false);
    }

    /** Of the nodes that {@code wanted} accepts the {@code count} nearest to {@code target}, the nearest first. */
    List<Node> nearest(Id target, int count, Predicate<Node> wanted) {
        int shared = self.sharedBits(target);
        List<Node> found = new ArrayList<>(2 * count);
        collect(found, shared, shared + 1, target, wanted);
        if (found.size() < count) {
            collect(found, shared + 1, Id.BITS, target, wanted);
        }
        for (int index = Math.min(shared, end) - 1; index >= 0 && found.size() < count; index--) {
            collect(found, index, index + 1, target, wanted);
        }
        return List.copyOf(found.subList(0, Math.min(count, found.size())));
    }

    /** Adds what is in buckets {@code from} to before {@code to}, sorted: all of it is farther than what was found before. */
    private void collect(List<Node> found, int from, int to, Id target, Predicate<Node> wanted) {
        int before = found.size();
        for (int index = from; index < Math.min(to, end); index++) {
            if (buckets[index] != null) {
                buckets[index].collect(found, wanted);
            }
        }
        if (found.size() - before > 1) {
            found.subList(before, found.size()).sort((a, b) -> target.compareDistances(a.id, b.id));
        }
    }

    /** All nodes without the spares, those of the nearest bucket first. */
    List<Node> nodes() {
        List<Node> all = new ArrayList<>();
        for (int index = end - 1; index >= 0; index--) {
            if (buckets[index] != null) {
                all.addAll(buckets[index].nodes());
            }
        }
        return all;
    }

    /** The number of the bucket of the last of our {@code count} nearest; of all, if they are fewer; -1 if we know nobody. */
    int depth(int count) {
        int found = 0;
        int last = -1;
        for (int index = end - 1; index >= 0 && found < count; index--) {
            int here = buckets[index] == null ? 0 : buckets[index].nodes().size();
            last = here > 0 ? index : last;
            found += here;
        }
        return last;
    }

    boolean anyMatch(Predicate<Node> wanted) {
        for (int index = 0; index < end; index++) {
            if (buckets[index] != null && buckets[index].nodes().stream().anyMatch(wanted)) {
                return true;
            }
        }
        return false;
    }
}
