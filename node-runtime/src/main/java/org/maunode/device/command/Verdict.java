package org.maunode.device.command;

import java.util.Objects;
import org.maunode.device.profile.Setting;
import org.maunode.device.vocabulary.ResultCode;

/** Whether a command is obeyed. */
sealed interface Verdict {
    /** It is. */
    record Obey(ActuatorFeed feed, Setting setting) implements Verdict {}

    /**
     * It is not, and takes no counter: it is none of ours, or was seen before.
     *
     * @param why for the commander
     */
    record Dismiss(ResultCode code, String why) implements Verdict {
        public Dismiss {
            Objects.requireNonNull(code);
            Objects.requireNonNull(why);
        }
    }

    /** It is not, but its counter is spent. */
    record Refuse(ResultCode code, String why) implements Verdict {
        public Refuse {
            Objects.requireNonNull(code);
            Objects.requireNonNull(why);
        }
    }
}
