package org.maunode.device.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.maunode.device.profile.Channel;
import org.maunode.device.profile.Quantity;

/** What there is to be measured: the greenhouse, and for everything else something that wanders within its limits. */
final class World {
    private final long seed;
    private final InstantSource clock;
    private final Instant start;
    private final Greenhouse greenhouse;
    private final Map<String, Boolean> switches = new HashMap<>();

    World(long seed, InstantSource clock) {
        this.seed = seed;
        this.clock = clock;
        this.start = clock.instant();
        this.greenhouse = new Greenhouse(seed, start);
    }

    /** What a channel would measure now, in the unit of its quantity. */
    synchronized double value(Channel channel) {
        greenhouse.advance(clock.instant());
        String name = channel.name().value();
        return switch (channel.quantity()) {
            case AIR_TEMPERATURE -> name.contains("ground") ? greenhouse.ground() : greenhouse.air();
            case RELATIVE_HUMIDITY -> greenhouse.humidity();
            case AIR_PRESSURE -> greenhouse.pressure();
            case ILLUMINANCE -> greenhouse.light();
            case LEVEL -> name.contains("soil") ? greenhouse.soil() : around(name, 50, 10);
            case CPU_TEMPERATURE -> greenhouse.air() + 24 + around(name, 0, 3);
            case SYSTEM_LOAD -> around(name, 0.4, 0.35);
            case SIGNAL_STRENGTH -> around(name, -58, 7);
            case VOLTAGE -> around("voltage", 12.6, 0.4);
            case CURRENT -> around("current", 0.8, 0.5);
            case POWER -> around("voltage", 12.6, 0.4) * around("current", 0.8, 0.5);
            case CO2 -> around(name, 550, 120);
            case UPTIME, DURATION -> seconds();
            case NETWORK_RECEIVED -> 40_000_000 + 900 * seconds();
            case NETWORK_SENT -> 9_000_000 + 300 * seconds();
            default -> anything(channel);
        };
    }

    /** Whether something is so, for a few minutes of each hour: a door that stands open, somebody who moves. */
    synchronized boolean isSo(Channel channel) {
        Duration pace = channel.quantity() == Quantity.CONTACT ? Duration.ofMinutes(15) : Duration.ofMinutes(2);
        return drift(channel.name().value(), pace).at(clock.instant()) > 0.7;
    }

    /** Somebody switched something: the greenhouse knows pumps and fans by their names. */
    synchronized void turn(Channel channel, boolean on) {
        greenhouse.advance(clock.instant());
        switches.put(channel.name().value(), on);
        greenhouse.pump(isOn("pump"));
        greenhouse.fan(isOn("fan"));
    }

    private boolean isOn(String kind) {
        return switches.entrySet().stream().anyMatch(each -> each.getKey().contains(kind) && each.getValue());
    }

    private double anything(Channel channel) {
        double least = channel.range().least().doubleValue();
        double most = channel.range().most().doubleValue();
        double middle = Math.min((least + most) / 2, least + 1e12);
        return around(channel.name().value(), middle, (middle - least) / 10);
    }

    private double seconds() {
        return Math.max(0, Duration.between(start, clock.instant()).toMillis() / 1000.0);
    }

    private double around(String name, double middle, double most) {
        return middle + most * drift(name, Duration.ofMinutes(5)).at(clock.instant());
    }

    private Drift drift(String name, Duration pace) {
        return new Drift(seed ^ name.hashCode(), pace);
    }
}
