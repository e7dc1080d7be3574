package org.maunode.exchange;

import java.util.ArrayList;
import java.util.List;
import org.maunode.identity.Contact;

/** An exchange that knows some peers, and writes down who asked. Strict: it refuses to answer for files. */
public final class FakeOverlay implements Exchange {
    private final List<Contact> known = new ArrayList<>();
    private final List<Caller> callers = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();

    /** What it answers from now on, whatever is looked for. */
    public synchronized void knows(List<Contact> contacts) {
        known.clear();
        known.addAll(contacts);
    }

    public synchronized List<Caller> callers() {
        return List.copyOf(callers);
    }

    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public synchronized Answer answer(Request request, Caller caller) {
        callers.add(caller);
        requests.add(request);
        return switch (request) {
            case Request.Ping() -> new Answer.Pong();
            case Request.FindPeer _ -> new Answer.Contacts(known);
            case Request.AboutFiles about -> throw new IllegalArgumentException(about + " is not about peers");
        };
    }
}
