package org.maunode.exchange;

/** Answers what peers ask, whatever the wire. May block on the disk; thread-safe. */
@FunctionalInterface
public interface Exchange {
    Answer answer(Request request, Caller caller);
}
