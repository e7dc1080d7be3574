package org.maunode.exchange;

/** Why a request is not answered with what it asks for. */
public enum Refusal {
    /** The address is none of ours, or a name in it is not well formed. */
    BAD_REQUEST(400),
    /** Sealed, and not for this caller. */
    NOT_ALLOWED(401),
    /** To be left here, and not by this caller, or by nobody who is followed here. */
    FORBIDDEN(403),
    /** Nothing there. */
    NOT_FOUND(404),
    /** Nobody can leave anything here. */
    NOT_SUPPORTED(405),
    /** To be left here, and older than what is here. */
    CONFLICT(409),
    /** To be left here, and not what it must be: one message, signed by its owner. */
    UNVERIFIED(422),
    /** The caller asked more often than the limits allow. */
    TOO_MANY_REQUESTS(429),
    /** The disk or the index failed; the log says more than the caller learns. */
    FAILED(500),
    /** The node is at its limits, or stopping. */
    BUSY(503),
    /** No space left for what was to be left here. */
    DISK_FULL(507);

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    /** The HTTP status that says it. */
    public int status() {
        return status;
    }
}
