package org.maunode.discovery.mdns;

/** Sends on one segment, sooner or later or never: nothing here relies on it. */
@FunctionalInterface
interface Speaker {
    void send(Outgoing.Route route, Message message);

    default void toAll(Message message) {
        send(new Outgoing.Route.ToAll(), message);
    }
}
