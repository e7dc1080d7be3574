package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.SecretIdentity;
import org.maunode.runtime.ExitCode;

/** Keys of others: taken in, named, grouped, removed. */
class FriendsTest {
    private static final Instant MADE = Instant.parse("2026-11-23T00:00:00Z");

    @TempDir
    Path directory;

    private Cli alice;
    private PublicIdentity bob;

    @BeforeEach
    void begin() {
        alice = Cli.with(directory, "alice");
        bob = SecretIdentity.generate("Bob", "bob@example.org", MADE).publicIdentity();
    }

    private void add(PublicIdentity friend, String... options) {
        alice.file("key.asc", friend.armored());
        String[] words = new String[options.length + 2];
        words[0] = "friend";
        words[1] = "key.asc";
        System.arraycopy(options, 0, words, 2, options.length);
        alice.mau(words).ok();
    }

    private PublicIdentity another(String name, int seconds) {
        return SecretIdentity.generate(name, "", MADE.plusSeconds(seconds)).publicIdentity();
    }

    @Test
    void takesAnArmoredKeyAsGosPeerWritesIt() {
        alice.file("bob.asc", bob.armored().strip());
        Result result = alice.mau("friend", "-key", "bob.asc").ok();
        assertEquals("Bob  " + bob.fingerprint() + "\n", result.out());
        assertEquals(List.of("mau: added Bob"), result.errors());
        assertEquals(
                List.of("Bob  bob@example.org  " + bob.fingerprint()),
                alice.mau("friends").ok().lines());
    }

    @Test
    void anEmptyListIsToldToAPersonAndNotToAProgram() {
        Result friends = alice.mau("friends").ok();
        assertEquals("", friends.out());
        assertEquals(List.of("mau: no friends yet; mau friend KEYFILE adds one"), friends.errors());
        assertEquals(List.of(), alice.mau("friends", "--json").ok().errors());
        assertEquals(List.of(), alice.mau("friends", "--quiet").ok().errors());
    }

    @Test
    void takesABinaryKeyAndStandardInput() throws IOException {
        Files.write(directory.resolve("bob.pgp"), bob.encoded());
        alice.mau("friend", "bob.pgp").ok();
        alice.in = new ByteArrayInputStream(bob.encoded());
        JsonObject again = alice.mau("friend", "-", "--json").ok().json().asObject();
        assertTrue(again.getBoolean("updated", false));
        assertEquals(bob.fingerprint().toString(), again.getString("fingerprint", ""));
    }

    @Test
    void garbageIsRefusedInOneLine() {
        alice.file("bob.asc", "Dear Alice, here is my key. Bob");
        Result result = alice.mau("friend", "bob.asc");
        assertEquals(ExitCode.NOT_VERIFIED.code(), result.code());
        assertEquals(1, result.errors().size());
        assertTrue(result.err().startsWith("mau: bob.asc holds no usable public key: "), result.err());
        assertTrue(result.err().endsWith("; ask your friend for the output of: mau export\n"), result.err());
        assertEquals(List.of(), alice.mau("friends").ok().lines());
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        alice.mau("friend", "bob.asc")
                .failed(ExitCode.NOT_FOUND, "mau: " + directory.resolve("bob.asc") + ": no such file or directory");
        alice.mau("friend", ".").failed(ExitCode.USAGE, "mau: " + directory + " is a directory, not a file");
    }

    @Test
    void aKeyOfMoreThanAMegabyteIsNotRead() throws IOException {
        Files.write(directory.resolve("huge"), new byte[(1 << 20) + 1]);
        alice.mau("friend", "huge").failed(ExitCode.USAGE, "mau: huge is larger than 1048576 bytes");
    }

    @Test
    void insistsOnAFingerprint() {
        alice.file("bob.asc", bob.armored());
        String other = "0".repeat(40);
        alice.mau("friend", "bob.asc", "--fingerprint", other)
                .failed(
                        ExitCode.NOT_VERIFIED,
                        "mau: the key has the fingerprint " + bob.fingerprint() + ", not " + other
                                + "; nothing was added");
        alice.mau(
                        "friend",
                        "bob.asc",
                        "--fingerprint",
                        bob.fingerprint().toString().toUpperCase(Locale.ROOT))
                .ok();
    }

    @Test
    void isNoFriendOfItself() {
        alice.mau("export", "--output", "alice.asc").ok();
        alice.mau("friend", "alice.asc").failed(ExitCode.USAGE, "mau: that is this account's own key");
    }

    @Test
    void aFriendIsNamedInAnyCaseWhereNobodyElseIsMeant() {
        add(bob);
        alice.mau("follow", "bob").ok();
        alice.mau("follow", "bob@example.org").ok();
        alice.mau("follow", bob.fingerprint().toString()).ok();
        assertEquals(1, alice.mau("follows").ok().lines().size());
    }

    @Test
    void aNameOfTwoIsNotGuessed() {
        add(bob);
        PublicIdentity second = another("Bob", 1);
        add(second);
        Result result = alice.mau("follow", "Bob");
        assertEquals(ExitCode.USAGE.code(), result.code());
        assertTrue(result.err().startsWith("mau: \"Bob\" is the name of 2 people; name one by fingerprint: "));
        assertTrue(result.err().contains(second.fingerprint().toString()), result.err());
    }

    @Test
    void anExactNameWinsOverOneInAnotherCase() {
        add(bob);
        add(another("BOB", 1));
        Result result = alice.mau("follow", "BOB").ok();
        assertTrue(result.out().startsWith("BOB  "), result.out());
    }

    @Test
    void aShortenedFingerprintIsNoName() {
        add(bob);
        String shortened = bob.fingerprint().toString().substring(0, 16);
        alice.mau("follow", shortened)
                .failed(
                        ExitCode.USAGE,
                        "mau: \"" + shortened + "\" has 16 digits; a fingerprint has 40, and is never shortened");
    }

    @Test
    void aStrangerCannotBeFollowed() {
        String stranger = "ab".repeat(20);
        alice.mau("follow", "-fingerprint", stranger)
                .failed(
                        ExitCode.NOT_FOUND,
                        "mau: " + stranger
                                + " is no friend of this account; mau friends lists them; mau friend KEYFILE adds one");
        alice.mau("follow", "Carol")
                .failed(ExitCode.NOT_FOUND, "mau: no friend is called \"Carol\"; mau friends lists them");
        alice.mau("follow", "alice")
                .failed(
                        ExitCode.NOT_FOUND,
                        "mau: that is this account itself; mau friends lists them; mau friend KEYFILE adds one");
    }

    @Test
    void followingRemembersAnAddressAndUnfollowingHidesTheDirectory() {
        add(bob);
        JsonObject followed = alice.mau("follow", "Bob", "--address", "[::1]:7000", "--json")
                .ok()
                .json()
                .asObject();
        assertEquals("[::1]:7000", followed.getString("address", ""));
        assertEquals(
                List.of("Bob  bob@example.org  " + bob.fingerprint() + "  [::1]:7000"),
                alice.mau("follows").ok().lines());
        alice.mau("unfollow", "Bob").ok();
        assertEquals("[]\n", alice.mau("follows", "--json").ok().out());
        assertTrue(Files.isDirectory(alice.home.resolve("." + bob.fingerprint())));
        alice.mau("unfollow", "Bob")
                .failed(ExitCode.NOT_FOUND, "mau: you do not follow Bob; mau follows lists whom you follow");
    }

    @Test
    void aMalformedAddressIsRefusedBeforeAnythingIsFollowed() {
        add(bob);
        alice.mau("follow", "Bob", "--address", "host:0")
                .failed(ExitCode.USAGE, "mau: address \"host:0\" has no port between 1 and 65535");
        assertEquals(List.of(), alice.mau("follows").ok().lines());
    }

    @Test
    void groupsAreMadeFilledListedAndEmptied() {
        add(bob, "--group", "family");
        PublicIdentity carol = another("Carol", 1);
        add(carol);
        alice.mau("groups", "add", "friends/close", "Carol", "Bob").ok();
        assertEquals(
                List.of("close", "family", "friends"),
                alice.mau("groups", "--json").ok().json().asArray().values().stream()
                        .map(group -> group.asObject().getString("group", ""))
                        .toList());
        assertEquals(
                List.of("close  Carol"),
                alice.mau("groups", "remove", "close", "Bob").ok().lines());
        assertTrue(alice.mau("groups").ok().lines().contains("family   Bob"));
        JsonArray members =
                alice.mau("friends", "--group", "close", "--json").ok().json().asArray();
        assertEquals(1, members.size());
        assertEquals("Carol", members.get(0).asObject().getString("name", ""));
    }

    @Test
    void anUnknownGroupIsNamed() {
        alice.mau("friends", "--group", "family")
                .failed(ExitCode.NOT_FOUND, "mau: there is no group \"family\"; mau groups lists them");
    }

    @Test
    void unfriendingRemovesTheKeyEverywhereAndHidesTheFiles() {
        add(bob, "--group", "family");
        alice.mau("follow", "Bob").ok();
        alice.mau("unfriend", "-fingerprint", bob.fingerprint().toString()).ok();
        assertEquals(List.of(), alice.mau("friends").ok().lines());
        assertEquals(List.of(), alice.mau("follows").ok().lines());
        assertFalse(Files.exists(alice.home.resolve(bob.fingerprint().toString())));
        assertTrue(Files.exists(alice.home.resolve("." + bob.fingerprint())));
    }

    @Test
    void aFileThatIsNoFriendIsToldAndDoesNoHarm() throws IOException {
        add(bob);
        Files.writeString(alice.home.resolve(".mau/sync_state.json"), "{}");
        Result result = alice.mau("friends").ok();
        assertEquals(1, result.lines().size());
        assertEquals(1, result.errors().size(), result.err());
        assertTrue(result.err().startsWith("mau: warning: ") && result.err().contains("sync_state.json"), result.err());
    }

    @Test
    void aNameThatWouldMoveTheCursorIsMadeHarmless() {
        // The key's own reader lets no control character through; directions of writing are another way to lie.
        alice.file("key.asc", another("Bob", 2).armored());
        alice.mau("friend", "key.asc").ok();
        alice.mau("follow", "\u001b[2JBob")
                .failed(ExitCode.NOT_FOUND, "mau: no friend is called \"\uFFFD[2JBob\"; mau friends lists them");
    }
}
