package org.maunode.ble.line;

import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** Sockets whose call has not begun, in order. Thread-safe. */
final class Waiting {
    private final ArrayDeque<SocketChannel> sockets = new ArrayDeque<>();
    private boolean closed;

    /** False if there are too many, or the line is over. */
    synchronized boolean add(SocketChannel socket) {
        return !closed && sockets.size() < Bounds.CALLS_WAITING && sockets.add(socket);
    }

    synchronized boolean isEmpty() {
        return sockets.isEmpty();
    }

    synchronized int count() {
        return sockets.size();
    }

    synchronized Optional<SocketChannel> poll() {
        return Optional.ofNullable(sockets.poll());
    }

    /** Nothing is taken any more; returns what was waiting. */
    synchronized List<SocketChannel> close() {
        closed = true;
        List<SocketChannel> rest = List.copyOf(sockets);
        sockets.clear();
        return rest;
    }
}
