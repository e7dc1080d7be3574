package org.maunode.discovery.kademlia;

import java.util.List;
import org.maunode.identity.Contact;

/** The nodes that we were told to begin with, and whether their answers are worth waiting for. */
final class Entrance {
    /** Bootstrap contacts that are kept. */
    static final int MAX_SEEDS = 32;
    /** How long all are waited for once one has answered, in milliseconds. */
    static final long PATIENCE = 1_000;

    private final Id self;
    private List<Contact> seeds = List.of();
    private int out;
    private long patientUntil;
    private boolean knocked;

    Entrance(Id self) {
        this.self = self;
    }

    void replace(List<Contact> contacts) {
        seeds = contacts.stream()
                .limit(MAX_SEEDS)
                .filter(contact -> Place.of(contact.address()).admittedBy(Reach.HERE))
                .filter(contact -> !self.equals(Id.of(contact.fingerprint())))
                .toList();
    }

    /** Whom to call now; {@link #landed} follows for each. */
    List<Told> knock(long now) {
        knocked = true;
        out += seeds.size();
        patientUntil = now + PATIENCE;
        return seeds.stream()
                .map(seed -> new Told(seed, Place.of(seed.address()), Reach.HERE, Teller.TABLE))
                .toList();
    }

    void landed() {
        out--;
    }

    /** Whether they were called since {@link #rest}. */
    boolean wasTried() {
        return knocked;
    }

    void rest() {
        knocked = false;
    }

    boolean isOut() {
        return out > 0;
    }

    /** Whether it is better to wait; {@code alone} if nobody answers us yet. */
    boolean isWorthWaiting(boolean alone, long now) {
        return isOut() && (alone || now < patientUntil);
    }

    /** When waiting ends though not all have answered; never while we are alone. */
    long deadline(boolean alone) {
        return alone ? Engine.NEVER : patientUntil;
    }
}
