package org.maunode.clock;

import java.time.Duration;
import java.util.Objects;

/** Whether the time that a {@link NodeClock} tells is to be relied on. */
public sealed interface Trust {
    /** Something outside of this program's own clock agrees with it. */
    record Sure(Witness by) implements Trust {
        public Sure {
            Objects.requireNonNull(by);
        }

        @Override
        public String words() {
            return "sure, by " + by.words();
        }
    }

    /** The time may be wrong by any amount. */
    record Unsure(Doubt why) implements Trust {
        public Unsure {
            Objects.requireNonNull(why);
        }

        @Override
        public String words() {
            return "unsure: " + why.words();
        }
    }

    /** For a person, without a capital letter or a full stop. */
    String words();

    /** What can show that a time is right. */
    enum Witness {
        /** The system was synchronised with a time server. */
        NTP("NTP", Duration.ofMinutes(1)),
        /** A battery kept the time while the machine was off. */
        RTC("the battery clock", Duration.ofMinutes(1)),
        /** Somebody in the keyring signed something lately. */
        FRIEND("a friend's signed file", Duration.ofDays(1));

        private final String words;
        private final Duration tolerance;

        Witness(String words, Duration tolerance) {
            this.words = words;
            this.tolerance = tolerance;
        }

        String words() {
            return words;
        }

        /** How far a clock may be from what this shows, and still agree with it. */
        Duration tolerance() {
            return tolerance;
        }

        /** Whether it outweighs what friends say. */
        boolean isStrong() {
            return this != FRIEND;
        }
    }

    /** Why a time may be wrong. */
    enum Doubt {
        UNPROVED("nothing shows that the system clock is right"),
        BEHIND("the system clock stands in the past"),
        JUMPED("the system clock jumped");

        private final String words;

        Doubt(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
