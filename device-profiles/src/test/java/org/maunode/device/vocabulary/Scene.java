package org.maunode.device.vocabulary;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.maunode.device.driver.DriverException.Reason;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.Channel;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.Observed;
import org.maunode.device.sampling.Quality;
import org.maunode.device.wire.BoardIdentity;
import org.maunode.device.wire.FakeKernelFiles;

/** A node to write documents about. */
final class Scene {
    static final String FINGERPRINT = "1f0c0b6a6d3b3a6d8c1f5f0a5f3e2d1c0b9a8f7e";
    static final NodeId NODE = new NodeId("/p2p/" + FINGERPRINT, FINGERPRINT, "Greenhouse node");
    static final Instant NOW = Instant.parse("2026-11-23T08:15:00.987Z");
    static final List<SensorChannel> SENSORS = Profiles.host().sensors();

    private Scene() {}

    static SensorChannel channel(String name) {
        return SENSORS.stream()
                .filter(each -> each.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Observed.Measured measured(String channel, String value, Quality quality) {
        return new Observed.Measured(channel(channel), new Sample.Amount(new BigDecimal(value)), NOW, quality);
    }

    static Observed.Measured measured(String channel, String value) {
        return measured(channel, value, Quality.OK);
    }

    static Observed lost(Observed.Measured last) {
        return new Observed.Lost(last, Reason.VANISHED, NOW.plusSeconds(60));
    }

    static Observed missing(String channel) {
        return new Observed.Missing(channel(channel), Reason.UNREADABLE, NOW);
    }

    static String reading(Observed observed) {
        return new Reading(NODE, observed, "Linux thermal zone cpu-thermal", 48213).toJson();
    }

    static BoardIdentity pi() {
        return new BoardIdentity(FakeKernelFiles.recorded("raspberry-pi-3")
                .write("/sys/firmware/devicetree/base/serial-number", "10000000a1b2c3d4\0"));
    }

    static String node(BoardIdentity board, List<? extends Channel> channels) {
        return new NodeDescription(NODE, Profiles.host(), board, "0.1.0", List.of("https"), List.copyOf(channels))
                .toJson();
    }
}
