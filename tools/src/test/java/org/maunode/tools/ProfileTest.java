package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.runtime.ExitCode;

/** Profiles, without an account. */
class ProfileTest {
    private static final String SHED =
            """
            {"name": "shed", "version": 1, "title": "The shed", "include": ["host"], "channels": {
              "pump": {"title": "Pump", "driver": "relay", "wiring": {"pin": 17}, "sets": "onOff",
                       "controllers": "gardeners", "failSafe": false, "maxOnSeconds": 900}}}
            """;

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void begin() {
        cli = new Cli(directory, "nobody");
    }

    @Test
    void readyOnesAreListed() {
        Result result = cli.mau("profile").ok();
        assertEquals(5, result.lines().size());
        assertEquals(
                "host        What every Linux machine can tell about itself",
                result.lines().getFirst());
        assertEquals(5, cli.mau("profile", "--json").ok().json().asArray().size());
    }

    @Test
    void aSoundOneIsSaidToBe() {
        cli.file("shed.json", SHED);
        Result result = cli.mau("profile", "check", "shed.json").ok();
        assertEquals(List.of("mau: shed.json is sound: 8 sensors, 1 actuator"), result.errors());
        assertEquals("", result.out());
        JsonObject json =
                cli.mau("profile", "check", "shed.json", "--json").ok().json().asObject();
        assertEquals("shed/1", json.getString("profile", ""));
        assertTrue(json.getBoolean("sound", false));
    }

    @Test
    void everyMistakeIsALineAndTheExitCodeSaysThatThereAreSome() {
        Path file = cli.file(
                "shed.json",
                SHED.replace("relay", "rely").replace("900", "1e400").replace("\"host\"", "\"hots\""));
        Result result = cli.mau("profile", "check", "shed.json");
        assertEquals(ExitCode.USAGE.code(), result.code());
        assertEquals(
                List.of(
                        file + ":1:65: there is no profile \"hots\" to include; did you mean \"host\"?;"
                                + " or put NAME.json beside this file",
                        file + ":2:39: unknown driver \"rely\"; did you mean \"relay\"?",
                        file + ":3:75: \"maxOnSeconds\" may not be 1e400; write a number from 1 to 31622400"),
                result.lines());
        assertEquals(List.of("mau: shed.json is not used: 3 mistakes"), result.errors());
    }

    @Test
    void mistakesHaveTheirPlacesAsJsonToo() {
        cli.file("shed.json", SHED.replace("relay", "rely"));
        Result result = cli.mau("profile", "check", "--json", "shed.json");
        assertEquals(ExitCode.USAGE.code(), result.code());
        JsonObject json = result.json().asObject();
        assertTrue(json.get("profile").isNull() && !json.getBoolean("sound", true));
        JsonArray problems = json.get("problems").asArray();
        assertEquals(1, problems.size());
        JsonObject problem = problems.get(0).asObject();
        assertEquals(2, problem.getInt("line", 0));
        assertEquals(39, problem.getInt("column", 0));
        assertEquals("did you mean \"relay\"?", problem.getString("suggestion", ""));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        cli.mau("profile", "check", "none.json")
                .failed(ExitCode.NOT_FOUND, "mau: " + directory.resolve("none.json") + ": no such file or directory");
        cli.mau("profile", "show", "none.json")
                .failed(
                        ExitCode.NOT_FOUND,
                        "mau: " + directory.resolve("none.json")
                                + ": there is no such file; check the path and its permissions");
        cli.mau("profile", "show", "greenhose")
                .failed(
                        ExitCode.NOT_FOUND,
                        "mau: there is no ready profile \"greenhose\"; mau profile lists them;"
                                + " a file has a slash or .json in its name");
    }

    @Test
    void oneThatIsNotSoundIsNotShown() {
        Path file = cli.file("shed.json", SHED.replace("relay", "rely").replace("900", "0"));
        cli.mau("profile", "show", "shed.json")
                .failed(
                        ExitCode.USAGE,
                        "mau: " + file + ":2:39: unknown driver \"rely\"; did you mean \"relay\"?;"
                                + " mau profile check tells 1 more");
    }

    @Test
    void channelsAreToldWithTheirPlaceAndRules() {
        Result result = cli.mau("profile", "show", "greenhouse").ok();
        assertEquals(
                "greenhouse/1: A greenhouse with air, light and soil measured, a pump and a fan",
                result.lines().getFirst());
        assertTrue(result.out().contains("pump              relay at line 17 of gpiochip0"), result.out());
        assertTrue(
                result.out().contains("Water pump, set by gardeners for 15 min at most, otherwise off"), result.out());
        assertEquals(9, cli.mau("profile", "show").ok().lines().size());
    }

    @Test
    void channelsAreToldAsJsonWithEverythingFilledIn() {
        cli.file("shed.json", SHED);
        JsonObject json =
                cli.mau("profile", "show", "shed.json", "--json").ok().json().asObject();
        JsonArray channels = json.get("channels").asArray();
        assertEquals(9, channels.size());
        JsonObject pump = channels.get(8).asObject();
        assertEquals("pump", pump.getString("name", ""));
        assertEquals("gpiochip0", pump.get("wiring").asObject().getString("chip", ""));
        assertEquals(0, pump.getInt("minSwitchSeconds", -1));
    }

    private void sys(String path, String text) throws IOException {
        Path file = directory.resolve("board").resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void aNewOneHasWhatTheBoardHas() throws IOException {
        sys("/sys/firmware/devicetree/base/model", "Raspberry Pi 3 Model B\0");
        sys("/sys/bus/w1/devices/28-0316a2795eff/temperature", "23437\n");
        sys("/sys/bus/i2c/devices/1-0076/name", "bme280\n");
        sys("/sys/bus/i2c/devices/1-0048/name", "ads1015\n");
        sys("/sys/bus/i2c/devices/i2c-1/name", "bcm2835 (i2c@7e804000)\n");
        sys("/sys/bus/gpio/devices/gpiochip0/dev", "254:0\n");
        Result result = cli.mau("profile", "new", "--root", "board", "-o", "mine.json", "--name", "mine")
                .ok();
        assertEquals(
                List.of(
                        "mau: 4 channels found, beside those of \"host\"",
                        "mau: 1-0048 ads1015: no driver here; i2c-registers may read it",
                        "mau: i2c-1: chips that the kernel does not know yet: see dtoverlay, or i2c-registers",
                        "mau: gpiochip0: pins for relay, led, button, contact and motion: see mau profile show door"),
                result.errors());
        cli.mau("profile", "check", "mine.json").ok();
        String shown = cli.mau("profile", "show", "mine.json").ok().out();
        assertTrue(shown.startsWith("mine/1: What hangs on Raspberry Pi 3 Model B\n"), shown);
        assertTrue(shown.contains("bme280 at address 0x76 of i2c bus 1"), shown);
    }

    @Test
    void aNewOneForAnEmptyBoardIsSoundAndHasTheHostAlone() throws IOException {
        Files.createDirectory(directory.resolve("board"));
        String text =
                cli.mau("profile", "new", "--root", "board", "--quiet").ok().out();
        cli.file("empty.json", text);
        cli.mau("profile", "check", "empty.json").ok();
        cli.mau("profile", "new", "--root", "board", "--name", "My Board")
                .failed(
                        ExitCode.USAGE,
                        "mau: \"My Board\" cannot name a profile; use a-z, 0-9 and single hyphens, a letter first");
    }

    /** On whatever machine this runs. */
    @Test
    void aNewOneForThisMachineIsSound() {
        cli.file("here.json", cli.mau("profile", "new").ok().out());
        cli.mau("profile", "check", "here.json").ok();
    }
}
