package org.maunode.device.driver;

import java.util.Objects;
import org.maunode.device.wire.WireException;

/** The one way in which a driver fails. The message names files and values; it is for the log. */
public final class DriverException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is wrong with the sensor, in words that may be published. */
    public enum Reason {
        VANISHED("the sensor is not there"),
        UNREADABLE("the sensor cannot be read"),
        MALFORMED("the sensor gives no number"),
        OUT_OF_RANGE("the sensor gives an impossible value"),
        SILENT("the sensor does not answer");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** A clause for people, which names no file of the machine. */
        public String words() {
            return words;
        }
    }

    private final Reason reason;

    public DriverException(Reason reason, String message) {
        this(reason, message, null);
    }

    private DriverException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason);
    }

    static DriverException of(WireException fault) {
        Reason reason =
                switch (fault.reason()) {
                    case VANISHED -> Reason.VANISHED;
                    case UNREADABLE -> Reason.UNREADABLE;
                    case OVERSIZED -> Reason.MALFORMED;
                };
        return new DriverException(reason, fault.getMessage(), fault);
    }

    public Reason reason() {
        return reason;
    }
}
