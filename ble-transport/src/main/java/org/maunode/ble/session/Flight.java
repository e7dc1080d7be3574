package org.maunode.ble.session;

/**
 * One numbered frame between its first sending and its acknowledgement.
 *
 * <pre>
 *   WAITING ──sent──► FLYING ──reported──► DELIVERED
 *      ▲                 │
 *      └──held for lost──┘
 * </pre>
 */
final class Flight {
    private enum State {
        WAITING,
        FLYING,
        DELIVERED
    }

    private static final long NEVER = Long.MAX_VALUE / 2;

    private final Frame frame;
    private final long number;
    private State state = State.WAITING;
    private int tries;
    private long order;
    private long sentAt;
    private long overtakenAt = NEVER;

    Flight(Frame frame, long number) {
        this.frame = frame;
        this.number = number;
    }

    Frame frame() {
        return frame;
    }

    long number() {
        return number;
    }

    void sent(long transmission, long now) {
        state = State.FLYING;
        tries++;
        order = transmission;
        sentAt = now;
        overtakenAt = NEVER;
    }

    void delivered() {
        state = State.DELIVERED;
    }

    void lost() {
        state = State.WAITING;
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }

    boolean isFlying() {
        return state == State.FLYING;
    }

    boolean isDelivered() {
        return state == State.DELIVERED;
    }

    /** Sent once only, so that it is known which transmission was answered. */
    boolean isUnambiguous() {
        return tries == 1;
    }

    /** Whether an answer at this time can only be one to an earlier transmission: it was held for lost too soon. */
    boolean wasHastilyLost(long now, long leastRoundTrip) {
        return isWaiting() && tries > 0 || isFlying() && tries > 1 && age(now) < leastRoundTrip;
    }

    long order() {
        return order;
    }

    long age(long now) {
        return now - sentAt;
    }

    /** It is learnt that transmissions up to {@code newest} have arrived. */
    void overtakenBy(long newest, long now) {
        if (isFlying() && order < newest) {
            overtakenAt = Math.min(overtakenAt, now);
        }
    }

    /** When it is to be held for lost if nothing more is heard. */
    long deadline(long timeout, long reorderWait) {
        return Math.min(sentAt + timeout, overtakenAt + reorderWait);
    }

    boolean isOvertaken(long now, long reorderWait) {
        return isFlying() && now >= overtakenAt + reorderWait;
    }
}
