package org.maunode.discovery.net;

import java.util.concurrent.LinkedBlockingQueue;

/** A machine whose cables are pulled by a test. */
public final class FakeLinks implements LinkSource {
    private sealed interface Event {
        record Change(Links links) implements Event {}

        record End() implements Event {}
    }

    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile Links links;

    public FakeLinks(Links links) {
        this.links = links;
    }

    /** From now on these are the links, and whoever waits is told. */
    public void change(Links changed) {
        events.add(new Event.Change(changed));
    }

    @Override
    public Links read() {
        return links;
    }

    @Override
    public boolean awaitChange() throws InterruptedException {
        return switch (events.take()) {
            case Event.Change(Links changed) -> {
                links = changed;
                yield true;
            }
            case Event.End _ -> false;
        };
    }

    @Override
    public void close() {
        events.add(new Event.End());
    }
}
