package org.maunode.ble.session;

import java.util.Optional;

/** The last frame of a session that is over, a CLOSE or a REFUSE: said few times, whatever the peer does. */
final class Farewell {
    /** What this side still wants. */
    private enum Manner {
        /** To hear that the peer has closed too; repeats until then. */
        ASKING,
        /** To tell a peer that goes on talking. */
        TELLING,
        /** To answer a peer that repeats its CLOSE. */
        ANSWERING,
        /** Nothing. */
        SILENT
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final byte[] sealed;
    private Manner manner;
    private int left = Limits.FAREWELLS;
    private long dueAt;

    private Farewell(Manner manner, byte[] sealed, long dueAt) {
        this.manner = manner;
        this.sealed = sealed;
        this.dueAt = dueAt;
    }

    static Farewell asking(byte[] sealed, long now) {
        return new Farewell(Manner.ASKING, sealed, now);
    }

    static Farewell telling(byte[] sealed, long now) {
        return new Farewell(Manner.TELLING, sealed, now);
    }

    static Farewell answering(byte[] sealed, long now) {
        return new Farewell(Manner.ANSWERING, sealed, now);
    }

    static Farewell silent() {
        return new Farewell(Manner.SILENT, new byte[0], NEVER);
    }

    void heard(Frame frame, long now) {
        boolean closed = frame instanceof Close;
        switch (manner) {
            case ASKING, TELLING -> dueAt = closed ? NEVER : Math.min(dueAt, now);
            case ANSWERING -> dueAt = closed ? now : dueAt;
            case SILENT -> dueAt = NEVER;
        }
        manner = closed && manner != Manner.ANSWERING ? Manner.SILENT : manner;
    }

    Optional<byte[]> poll(long now) {
        if (left == 0 || now < dueAt) {
            return Optional.empty();
        }
        left--;
        dueAt = manner == Manner.ASKING ? now + Limits.FIRST_TIMEOUT : NEVER;
        return Optional.of(sealed.clone());
    }

    long deadline() {
        return left > 0 ? dueAt : NEVER;
    }
}
