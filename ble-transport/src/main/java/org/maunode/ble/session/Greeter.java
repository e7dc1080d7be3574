package org.maunode.ble.session;

import java.util.Optional;

/**
 * One side's part in the greeting: the central says HELLO until it is welcomed, the peripheral says WELCOME until it hears a frame
 * of the session. Only then does the peripheral send data, so none can overtake its WELCOME.
 */
sealed interface Greeter permits CentralGreeter, PeripheralGreeter {
    /** Takes a greeting with a good check; returns the agreement, once, when there is one. */
    Optional<Agreement> heard(Frame greeting, long now);

    /** Whether this refuses what this side has said. */
    boolean isAnsweredBy(Refuse refuse);

    /** A frame of the session came. */
    void confirmed();

    /** Whether this side may send frames of the session. */
    boolean isConfirmed();

    /** The greeting to send now. */
    Optional<Frame> poll(long now);

    boolean isGivenUp(long now);

    /** When {@link #poll} or {@link #isGivenUp} next has news; {@link Long#MAX_VALUE} if never. */
    long deadline();
}
