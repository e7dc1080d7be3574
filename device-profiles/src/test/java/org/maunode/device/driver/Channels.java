package org.maunode.device.driver;

import java.math.BigDecimal;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.wire.FakeKernelFiles;
import org.maunode.device.wire.Wires;

/** Channels of the host profile, and their drivers on a fake machine. */
final class Channels {
    private Channels() {}

    static SensorChannel host(String name) {
        return Profiles.host().sensors().stream()
                .filter(channel -> channel.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Opened open(String channel, FakeKernelFiles kernel) {
        return Drivers.open(host(channel), new Wires(kernel, () -> 85_675_016_192L));
    }

    static Driver ready(String channel, FakeKernelFiles kernel) {
        return switch (open(channel, kernel)) {
            case Opened.Ready(Driver driver) -> driver;
            case Opened.Absent(String why) -> throw new AssertionError(why);
        };
    }

    static Sample amount(String number) {
        return new Sample.Amount(new BigDecimal(number));
    }
}
