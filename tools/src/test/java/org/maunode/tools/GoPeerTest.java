package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Account directories that the Go peer made, used as if they had been made here. */
class GoPeerTest {
    private static final Path VECTORS = Path.of("..", "node-runtime", "src", "test", "resources", "vectors", "go-peer");
    private static final String ALICE = "caeb72ddee0703e1b0d0334f88afa037955d532a";
    private static final String BOB = "dd468eb249ab8b6bc36abb351ca223d97e0fc758";

    @TempDir
    Path directory;

    private Cli alice;
    private Cli bob;

    @BeforeEach
    void begin() throws IOException {
        alice = account("alice");
        bob = account("bob");
    }

    private Cli account(String name) throws IOException {
        Path place = Files.createDirectory(directory.resolve("of-" + name));
        Path from = VECTORS.resolve(name);
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path source : tree.toList()) {
                Files.copy(source, place.resolve(name + "/" + from.relativize(source)));
            }
        }
        Cli cli = new Cli(place, name);
        Cli.write(place.resolve("passphrase"), name + " passphrase\n");
        return cli;
    }

    private static byte[] plain(String name) throws IOException {
        return Files.readAllBytes(VECTORS.resolve(name));
    }

    @Test
    void accountsOpenAndFriendsAreKnown() {
        assertEquals(ALICE, alice.fingerprint().toString());
        assertTrue(alice.mau("friends").ok().out().contains(BOB));
        assertTrue(bob.mau("friends").ok().out().contains(ALICE));
        assertTrue(bob.mau("follows").ok().out().contains(ALICE));
    }

    @Test
    void whatWasSharedThereIsReadHere() throws IOException {
        assertArrayEquals(
                plain("plain-photo.bin"),
                bob.mau("open", "photo.bin", "-fingerprint", ALICE).ok().data());
        assertArrayEquals(
                plain("plain-hello-second.json"),
                bob.mau("open", "-file", "hello.json.pgp", "-fingerprint", ALICE)
                        .ok()
                        .data());
        assertEquals(2, bob.mau("verify", "--all").ok().lines().size());
    }

    @Test
    void theOldVersionIsThereToo() throws IOException {
        assertEquals(2, alice.mau("versions", "hello.json").ok().lines().size());
        assertArrayEquals(
                plain("plain-hello-first.json"),
                alice.mau("open", "hello.json", "--version", "ac133e1d").ok().data());
    }

    @Test
    void anEditKeepsTheReaderThatGoChose() {
        String changed = "{\"@context\":\"https://schema.org\",\"@type\":\"SocialMediaPosting\",\"headline\":\"Hi\"}";
        String told = alice.input(changed).mau("edit", "hello.json").ok().out();
        String bobsName = bob.mau("show", "--json").ok().json().asObject().getString("name", "");
        assertTrue(told.endsWith("  " + bobsName + "\n"), told);
        assertEquals(3, alice.mau("versions", "hello.json").ok().lines().size());
    }

    @Test
    void itsSyncStateInTheKeyringIsPassedOver() {
        List<String> told = bob.mau("friends").ok().errors();
        assertTrue(told.stream().allMatch(line -> line.startsWith("mau: warning: ")), told::toString);
    }
}
