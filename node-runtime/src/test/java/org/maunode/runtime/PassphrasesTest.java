package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.store.StoreException;

class PassphrasesTest {
    @TempDir
    private Path place;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(place.resolve(name), text);
    }

    private Optional<String> find(Optional<Path> named, Map<String, String> environment) {
        return new Passphrases(place.resolve("home"), named, environment).find().map(String::new);
    }

    @Test
    void theNamedFileGoesFirstThenTheEnvironmentsThenSystemdsThenTheOwn() throws IOException {
        Files.createDirectories(place.resolve("home/.mau-node"));
        Files.createDirectories(place.resolve("credentials"));
        file("home/.mau-node/passphrase", "own\n");
        file("credentials/mau-passphrase", "systemd\n");
        Map<String, String> systemd =
                Map.of("CREDENTIALS_DIRECTORY", place.resolve("credentials").toString());
        Map<String, String> both = Map.of(
                "MAU_PASSPHRASE_FILE",
                file("environment", "environment\n").toString(),
                "CREDENTIALS_DIRECTORY",
                place.resolve("credentials").toString());
        assertEquals(Optional.of("own"), find(Optional.empty(), Map.of()));
        assertEquals(Optional.of("systemd"), find(Optional.empty(), systemd));
        assertEquals(Optional.of("environment"), find(Optional.empty(), both));
        assertEquals(Optional.of("named"), find(Optional.of(file("named", "named\n")), both));
    }

    @Test
    void nothingIsThereAtFirst() {
        assertEquals(Optional.empty(), find(Optional.empty(), Map.of("CREDENTIALS_DIRECTORY", place.toString())));
    }

    @Test
    void anEmptyVariableNamesNothing() {
        assertEquals(Optional.empty(), find(Optional.empty(), Map.of("MAU_PASSPHRASE_FILE", "")));
    }

    @Test
    void onlyTheLineEndIsNotPartOfIt() throws IOException {
        assertEquals(Optional.of(" ümläut  "), find(Optional.of(file("f", " ümläut  \r\nsecond")), Map.of()));
    }

    @Test
    void aMadePassphraseIsFoundAgainAndIsTheOwnersAlone() throws IOException {
        Passphrases passphrases = new Passphrases(place.resolve("home"), Optional.empty(), Map.of());
        String made = new String(passphrases.make());
        assertEquals(Optional.of(made), find(Optional.empty(), Map.of()));
        assertTrue(made.length() >= 32, "24 random bytes");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(passphrases.ownFile())));
    }

    @Test
    void aNamedFileThatHasNoneIsAnErrorAndNeverPassedOver() throws IOException {
        Path binary = Files.write(place.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Path large = file("large", "x".repeat(4097));
        for (Path named : new Path[] {place.resolve("missing"), file("empty", "\n"), binary, large, place}) {
            StoreException refused = assertThrows(StoreException.class, () -> find(Optional.of(named), Map.of()));
            assertEquals(StoreException.Reason.WRONG_PASSPHRASE, refused.reason());
            assertTrue(refused.getMessage().contains(named.toString()), refused.getMessage());
        }
        Path longest = file("longest", "x".repeat(4096));
        assertEquals(4096, find(Optional.of(longest), Map.of()).orElseThrow().getBytes(StandardCharsets.UTF_8).length);
    }
}
