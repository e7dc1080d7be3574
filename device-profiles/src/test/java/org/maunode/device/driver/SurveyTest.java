package org.maunode.device.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maunode.device.profile.Profile;
import org.maunode.device.profile.ProfileText;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.wire.FakeKernelFiles;
import org.maunode.device.wire.Wires;

/** What a board is found to have, on recordings. */
final class SurveyTest {
    private static List<String> told(Survey survey) {
        return survey.sensors().stream()
                .map(channel -> channel.name() + ": " + channel.title())
                .toList();
    }

    @Test
    void findsTheChipsOfTheLab() {
        Survey survey = Survey.of(FakeKernelFiles.recorded("lab-sensors"));
        assertEquals(
                List.of(
                        "temperature: Temperature, lm75 0-0048",
                        "temperature-2: Temperature, tmp102 0-0049",
                        "temperature-3: Temperature, bmp280 0-0076",
                        "pressure: Pressure, bmp280 0-0076"),
                told(survey));
        assertEquals(List.of("i2c-0"), survey.i2cBuses());
    }

    @Test
    void findsThermometersOnAWireAndWhatThePlatformHas() {
        FakeKernelFiles kernel = FakeKernelFiles.recorded("documented-sensors")
                .write("/sys/bus/i2c/devices/1-0076/name", "bme280\n")
                .write("/sys/bus/i2c/devices/1-0048/name", "ads1015\n")
                .directory("/sys/bus/gpio/devices/gpiochip0");
        Survey survey = Survey.of(kernel);
        assertEquals(
                List.of(
                        "temperature: Temperature, ds18b20 28-0316a2795eff",
                        "temperature-2: Temperature, bme280 1-0076",
                        "humidity: Humidity, bme280 1-0076",
                        "pressure: Pressure, bme280 1-0076",
                        "temperature-3: Temperature, dht22 dht11@4",
                        "humidity-2: Humidity, dht22 dht11@4"),
                told(survey));
        assertEquals(List.of("1-0048 ads1015"), survey.strangers());
        assertEquals(List.of("gpiochip0"), survey.gpioChips());
        assertEquals(List.of("pwmchip0"), survey.pwmChips());
    }

    @Test
    void findsNothingWhereNothingIs() {
        assertEquals(
                new Survey(List.of(), List.of(), List.of(), List.of(), List.of()), Survey.of(new FakeKernelFiles()));
    }

    /** What it finds can be written as a profile, read again, and then measured. */
    @Test
    void findsChannelsThatAnswer() {
        FakeKernelFiles kernel = FakeKernelFiles.recorded("lab-sensors");
        Profile profile =
                new Profile("found", 1, "Found", List.copyOf(Survey.of(kernel).sensors()));
        Profile again = Profiles.parse("found", ProfileText.of(profile).getBytes(StandardCharsets.UTF_8));
        List<String> values =
                again.sensors().stream().map(channel -> value(channel, kernel)).toList();
        assertEquals(List.of("30.5", "50.0", "25.1", "1006.5"), values);
    }

    private static String value(SensorChannel channel, FakeKernelFiles kernel) {
        return ((Sample.Amount) Wired.ready(channel, new Wires(kernel, () -> 0)).read())
                .value()
                .toPlainString();
    }
}
