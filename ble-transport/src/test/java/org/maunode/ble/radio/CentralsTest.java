package org.maunode.ble.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;

/** Which client a machine gets. TinyB is loaded once a process: so machines are processes here. */
class CentralsTest {
    @TempDir
    private Path temporary;

    /** Opens a client in another process, and prints who it is. */
    static final class Machine {
        private Machine() {}

        public static void main(String[] arguments) {
            Centrals.Choice choice = Centrals.Choice.valueOf(arguments[0]);
            try (Central central = Centrals.open(Optional.empty(), choice, Map.of())) {
                System.out.println("client " + central.name());
            } catch (GattException refused) {
                System.out.println(refused.reason() + " " + refused.getMessage());
            }
        }
    }

    private List<String> machine(String choice, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(flags));
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-Djava.util.logging.SimpleFormatter.format=%5$s%n",
                "-cp",
                System.getProperty("java.class.path"),
                Machine.class.getName(),
                choice));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.lines().toList();
    }

    @Test
    void sixtyFourBitArmGetsDBusAndOneLineThatSaysSo() throws Exception {
        assertEquals(
                List.of("ble.client uses=D-Bus instead-of=TinyB why=\"it has no library for aarch64\"", "client BlueZ"),
                machine("ANY", "-Dos.arch=aarch64"));
    }

    @Test
    void refusesWhereItMustBeTinyBAndCannot() throws Exception {
        assertEquals(
                List.of("NO_ADAPTER TinyB cannot be used: it has no library for aarch64"),
                machine("TINYB", "-Dos.arch=aarch64"));
    }

    @Test
    @EnabledIfSystemProperty(named = "os.arch", matches = "amd64")
    void aLibraryThatDoesNotLoadIsNoDisaster() throws Exception {
        List<String> said = machine("ANY", "-Dos.arch=arm").stream()
                .filter(line -> line.startsWith("ble.") || line.startsWith("client "))
                .toList();
        String why = "ble.client uses=D-Bus instead-of=TinyB why=\"libtinyb.so does not load: ";
        assertTrue(said.getFirst().startsWith(why), said.getFirst());
        assertEquals(List.of("client BlueZ"), said.subList(1, said.size()));
        assertNothingIsLeft();
    }

    @Test
    void loadsNothingOfTinyBWhereItIsNotUsed() throws Exception {
        List<String> said = machine("DBUS", "-Xlog:class+load");
        assertFalse(said.stream().anyMatch(line -> line.contains(" tinyb.") || line.contains(".ble.tinyb.")));
        assertTrue(said.contains("client BlueZ"), "it said something else");
    }

    @Test
    void leavesNoLibraryBehind() throws Exception {
        List<String> said = machine("ANY");
        assertTrue(Stream.of("client TinyB", "client BlueZ").anyMatch(said.getLast()::equals), said.toString());
        assertNothingIsLeft();
    }

    @Test
    void aBusThatIsNotThereIsNoAdapter() {
        Map<String, String> nowhere = Map.of("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + temporary.resolve("nobody"));
        try (Central central = Centrals.open(Optional.empty(), Centrals.Choice.DBUS, nowhere)) {
            GattException refused = assertThrows(GattException.class, () -> central.scan(sighting -> {}));
            assertEquals(GattException.Reason.NO_ADAPTER, refused.reason());
        }
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.getFileName().toString().startsWith("mau-tinyb"))
                            .toList());
        }
    }
}
