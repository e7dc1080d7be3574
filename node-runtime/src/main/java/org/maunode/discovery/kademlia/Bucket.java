package org.maunode.discovery.kademlia;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The nodes that share one number of leading bits with us, and spares that take the place of those that die. */
final class Bucket {
    static final int MAX_SPARES = 10;

    private static final Comparator<Node> BY_PROOF = Comparator.comparingLong(Node::provedAt);

    private final List<Node> nodes = new ArrayList<>(Engine.K);
    private final List<Node> spares = new ArrayList<>(0);

    List<Node> nodes() {
        return nodes;
    }

    List<Node> spares() {
        return spares;
    }

    void collect(List<Node> found, Predicate<Node> wanted) {
        for (Node node : nodes) {
            if (wanted.test(node)) {
                found.add(node);
            }
        }
    }

    Optional<Node> find(Id id) {
        return find(nodes, id).or(() -> find(spares, id));
    }

    private static Optional<Node> find(List<Node> among, Id id) {
        for (Node node : among) {
            if (node.id.equals(id)) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }

    int count(Prefix prefix) {
        return count(nodes, prefix) + count(spares, prefix);
    }

    private static int count(List<Node> among, Prefix prefix) {
        int count = 0;
        for (Node node : among) {
            if (node.place().prefix().equals(prefix)) {
                count++;
            }
        }
        return count;
    }

    /** Takes a node in that is not here yet; whether it is now among the nodes, not the spares. */
    boolean add(Node node) {
        if (nodes.size() == Engine.K) {
            Optional<Node> dead = nodes.stream().filter(Node::isDead).min(BY_PROOF);
            if (dead.isEmpty()) {
                keep(node);
                return false;
            }
            nodes.remove(dead.get());
        }
        return nodes.add(node);
    }

    private void keep(Node spare) {
        if (spares.size() == MAX_SPARES) {
            spares.remove(oldest(spares));
        }
        spares.add(spare);
    }

    /** Counts a failed call; whether the nodes have changed by it. */
    boolean failed(Node node) {
        node.failed();
        if (spares.remove(node)) {
            return false;
        }
        return node.isDead() && !spares.isEmpty() && remove(node);
    }

    /** Drops a node, for a spare if there is one; whether it was among the nodes. */
    boolean remove(Node node) {
        if (!nodes.remove(node)) {
            spares.remove(node);
            return false;
        }
        if (!spares.isEmpty()) {
            Node newest = spares.stream().max(BY_PROOF).orElseThrow();
            spares.remove(newest);
            nodes.add(newest);
        }
        return true;
    }

    /** The node whose turn it is to show that it lives: one that failed, else the one proved longest ago. */
    Optional<Node> next() {
        return nodes.stream().filter(Node::isSuspect).findFirst().or(() -> nodes.stream()
                .min(BY_PROOF));
    }

    boolean isFull() {
        return nodes.size() == Engine.K;
    }

    boolean hasRoom() {
        return !isFull() || spares.size() < MAX_SPARES || nodes.stream().anyMatch(Node::isDead);
    }

    private static Node oldest(List<Node> among) {
        return among.stream().min(BY_PROOF).orElseThrow();
    }
}
