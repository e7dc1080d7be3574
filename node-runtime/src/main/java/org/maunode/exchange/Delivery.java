package org.maunode.exchange;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.store.StoreException;

/** What becomes of a file that its owner wants to leave here (EX-70). */
public sealed interface Delivery {
    /**
     * What is to be left.
     *
     * @param size in bytes, as announced
     * @param sum what the bytes will be, if that was announced too
     */
    record Offer(Fingerprint owner, FileName name, long size, Optional<VersionHash> sum) {}

    /** It is decided. */
    sealed interface Verdict extends Delivery {}

    /**
     * It is here.
     *
     * @param created whether there was no file of that name before
     */
    record Taken(boolean created) implements Verdict {}

    /**
     * It is not taken.
     *
     * @param reason in words for the owner; empty if the refusal says all
     */
    record Refused(Refusal refusal, String reason) implements Verdict {
        public Refused {
            Objects.requireNonNull(refusal);
            Objects.requireNonNull(reason);
        }

        static Refused of(Refusal refusal) {
            return new Refused(refusal, "");
        }

        /** What a failure of this side means to whoever wanted to leave a file. */
        public static Refused of(RuntimeException failed) {
            return of(
                    failed instanceof StoreException store
                            ? switch (store.reason()) {
                                case DISK_FULL -> Refusal.DISK_FULL;
                                case NOT_FOUND -> Refusal.FORBIDDEN;
                                default -> Refusal.FAILED;
                            }
                            : Refusal.FAILED);
        }
    }

    /** Its bytes may come. One call at a time; all may block on the disk. */
    non-sealed interface Open extends Delivery, AutoCloseable {
        /**
         * Takes the next bytes.
         *
         * @throws StoreException if they cannot be written
         */
        void write(ByteBuffer bytes);

        /**
         * All bytes came, as many as announced: verifies them, and takes them in if they are what they must be. To be
         * called once.
         *
         * @throws StoreException if this side fails
         */
        Verdict finish();

        /** What was not taken in leaves nothing behind. */
        @Override
        void close();
    }
}
