package org.maunode.device.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HostProfileTest {
    private final Profile host = Profiles.host();

    @Test
    void isSoundAndNamesEightChannelsInOrder() {
        assertEquals("host/2", host.id());
        assertEquals(
                List.of(
                        "cpu-temperature",
                        "load",
                        "memory",
                        "storage",
                        "uptime",
                        "network-received",
                        "network-sent",
                        "wifi-signal"),
                host.sensors().stream().map(channel -> channel.name().value()).toList());
    }

    @Test
    void samplesEveryTenSeconds() {
        host.sensors().forEach(channel -> assertEquals(Duration.ofSeconds(10), channel.period()));
    }

    @Test
    void usesEveryDriverThatNeedsNoWiring() {
        assertEquals(
                EnumSet.range(DriverKind.CPU_TEMPERATURE, DriverKind.WIFI_SIGNAL),
                EnumSet.copyOf(
                        host.sensors().stream().map(SensorChannel::driver).toList()));
    }

    @Test
    void isToldInOneLineAChannel() {
        assertEquals(
                List.of(
                        "CPU temperature, every 10 s, published when it moved by more than 2 °C",
                        "Load, 1 minute average, every 10 s, published when it moved by more than 0.5",
                        "Memory available, every 10 s, published when it moved by more than 50 MB",
                        "Storage left, every 10 s, published when it moved by more than 100 MB",
                        "Time since the last start, every 10 s, published when it moved by more than 1 h",
                        "Network, received, every 10 s, published when it moved by more than 10 MB",
                        "Network, sent, every 10 s, published when it moved by more than 10 MB",
                        "Wi-Fi signal, every 10 s, published when it moved by more than 6 dBm"),
                host.sensors().stream().map(SensorChannel::summary).toList());
    }

    @Test
    void claimsAnErrorNoSmallerThanTheSensorsOwnOrTheRoundings() {
        assertEquals(new BigDecimal("5"), host.sensors().getFirst().marginOfError());
        assertEquals(new BigDecimal("0.005"), host.sensors().get(1).marginOfError());
        assertEquals(new BigDecimal("500000"), host.sensors().get(2).marginOfError());
    }
}
