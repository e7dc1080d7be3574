package org.maunode.device.profile;

import java.util.List;
import java.util.Objects;

/**
 * What hangs on a device, checked as a whole: no two channels share a name.
 *
 * @param name what the profile is called, for example {@code host}
 * @param version counts up with each change of meaning, from 1
 * @param channels in the order in which the profile lists them, 1 to {@link #MAX_CHANNELS}
 */
public record Profile(String name, int version, String title, List<Channel> channels) {
    public static final int MAX_CHANNELS = 64;

    public Profile {
        Objects.requireNonNull(name);
        Objects.requireNonNull(title);
        channels = List.copyOf(channels);
    }

    /** Name and version as {@code mau:profile} carries them: {@code host/1}. */
    public String id() {
        return name + "/" + version;
    }

    /** The channels that measure. */
    public List<SensorChannel> sensors() {
        return of(SensorChannel.class);
    }

    /** The channels that can be commanded. */
    public List<ActuatorChannel> actuators() {
        return of(ActuatorChannel.class);
    }

    private <T extends Channel> List<T> of(Class<T> kind) {
        return channels.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
