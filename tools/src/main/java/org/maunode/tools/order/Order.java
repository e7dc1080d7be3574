package org.maunode.tools.order;

import java.time.Duration;
import java.util.Optional;
import org.maunode.device.profile.Setting;
import org.maunode.device.vocabulary.Act;

/**
 * What somebody wants of a channel.
 *
 * @param time how long, if that was said
 * @param validity how long the node may obey it
 */
public record Order(String channel, Act act, Setting setting, Optional<Duration> time, Duration validity) {
    /** One line for people. */
    String sentence() {
        String what =
                switch (setting) {
                    case Setting.OnOff(boolean on) -> "Turn " + channel + (on ? " on" : " off");
                    case Setting.Level(var level) -> "Set " + channel + " to " + level.toPlainString();
                };
        return what + time.map(span -> " for " + span.toSeconds() + " s").orElse("");
    }
}
