package org.maunode.discovery.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.discovery.kademlia.Known;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

/** KW-30, KW-31. */
class SavedTableTest {
    @TempDir
    Path directory;

    private final LogLines log = new LogLines();
    private Path file;
    private SavedTable table;

    @BeforeEach
    void open() {
        file = directory.resolve("not yet").resolve("contacts.json");
        table = new SavedTable(file);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static Contact contact(int number) {
        return new Contact(Fingerprint.of("%040x".formatted(number)), HostAndPort.parse("10.0.0.1:" + (number + 1)));
    }

    private static Known proved(int number) {
        return new Known(contact(number), OptionalLong.of(5), false);
    }

    private static Known remembered(int number) {
        return new Known(contact(number), OptionalLong.empty(), false);
    }

    private static Known lost(int number) {
        return new Known(contact(number), OptionalLong.of(5), true);
    }

    @Test
    void whatWasKeptIsThereAfterARestart() {
        table.save(List.of(proved(1), remembered(2), lost(3), proved(4)));
        assertEquals(List.of(contact(1), contact(2), contact(4)), new SavedTable(file).load());
        assertEquals(List.of(), log.lines());
    }

    @Test
    void nothingKeptIsNobodyAndNoWarning() {
        assertEquals(List.of(), table.load());
        assertEquals(List.of(), log.lines());
    }

    @Test
    void aNodeThatNobodyAnsweredKeepsWhatItHad() {
        table.save(List.of(proved(1)));
        table.save(List.of());
        table.save(List.of(remembered(2), lost(3)));
        assertEquals(List.of(contact(1)), table.load());
    }

    @Test
    void whatIsOnTheDiskAlreadyIsNotWrittenAgain() throws IOException {
        table.save(List.of(proved(1)));
        FileTime long0 = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(file, long0);
        table.save(List.of(proved(1)));
        SavedTable later = new SavedTable(file);
        later.load();
        later.save(List.of(proved(1)));
        assertEquals(long0, Files.getLastModifiedTime(file));
    }

    @Test
    void noMoreIsKeptThanALimitAndTheFirstAreTheDearest() {
        List<Known> many = IntStream.rangeClosed(0, SavedTable.MAX_CONTACTS)
                .mapToObj(SavedTableTest::proved)
                .toList();
        table.save(many);
        List<Contact> kept = new SavedTable(file).load();
        assertEquals(SavedTable.MAX_CONTACTS, kept.size());
        assertEquals(contact(0), kept.getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "{}", "nonsense", "[]]"})
    void aBrokenFileIsToldAndPassedOver(String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        assertEquals(List.of(), table.load());
        assertEquals(1, log.lines().size());
        assertTrue(
                log.lines().getFirst().startsWith("WARNING the contacts in " + file),
                log.lines().toString());
        table.save(List.of(proved(1)));
        assertEquals(List.of(contact(1)), table.load());
    }

    @Test
    void aLineThatIsNoContactIsPassedOver() throws IOException {
        table.save(List.of(proved(1), proved(2)));
        Files.writeString(file, Files.readString(file).replace("10.0.0.1:2", "10.0.0.1:99999"));
        assertEquals(List.of(contact(2)), table.load());
    }

    @Test
    void aFileOfTheLargestSizeIsReadAndALargerOneIsNot() throws IOException {
        table.save(List.of(proved(1)));
        String text = Files.readString(file);
        String largest = text + " ".repeat(SavedTable.MAX_BYTES - text.length());
        Files.writeString(file, largest);
        assertEquals(List.of(contact(1)), table.load());
        Files.writeString(file, largest + " ");
        assertEquals(List.of(), table.load());
        assertTrue(log.lines().getFirst().contains("larger than"), log.lines().toString());
    }

    @Test
    void aDiskThatTakesNothingIsToldAndNoMore() throws IOException {
        Files.writeString(file.getParent(), "a file where a directory should be");
        table.save(List.of(proved(1)));
        assertTrue(
                log.lines().getFirst().startsWith("WARNING the contacts are not kept: "),
                log.lines().toString());
        assertFalse(Files.exists(file));
    }
}
