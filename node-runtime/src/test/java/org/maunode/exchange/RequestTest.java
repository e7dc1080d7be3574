package org.maunode.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.store.Position;

class RequestTest {
    private static final String FPR = "caeb72ddee0703e1b0d0334f88afa037955d532a";
    private static final Fingerprint OWNER = Fingerprint.of(FPR);
    private static final String HASH = "ac133e1df20184af23541f21c4f2633baf8f047693d14ac039b687a1a46b04b2";

    private static Optional<Request> parse(String path) {
        return Request.parse(path, Optional.empty(), Optional.empty());
    }

    @Test
    void readsAListing() {
        Optional<Instant> since = Optional.of(Instant.EPOCH);
        assertEquals(
                Optional.of(new Request.ListFiles(OWNER, since, Optional.empty())),
                Request.parse("/p2p/" + FPR, Optional.empty(), since));
    }

    @Test
    void readsTheCursorThatAFormerAnswerGave() {
        Position position = new Position(Instant.ofEpochSecond(1795391554, 123456789), "a b+c&d.json.pgp");
        String query = "after=1795391554.123456789.a%20b%2Bc%26d.json.pgp";
        assertEquals(
                Optional.of(new Request.ListFiles(OWNER, Optional.empty(), Optional.of(position))),
                Request.parse("/p2p/" + FPR, Optional.of(query), Optional.empty()));
        assertEquals(position, Cursor.parse(Cursor.format(position)));
    }

    /** EX-1, EX-3. */
    @Test
    void readsAFilesNameWithOrWithoutItsSuffix() {
        Request file = new Request.GetFile(OWNER, new FileName("hello world.json.pgp"));
        assertEquals(Optional.of(file), parse("/p2p/" + FPR + "/hello%20world.json.pgp"));
        assertEquals(Optional.of(file), parse("/p2p/" + FPR + "/hello%20world.json"));
    }

    @Test
    void aPlusSignIsItself() {
        assertEquals(
                Optional.of(new Request.GetFile(OWNER, new FileName("a+b.pgp"))), parse("/p2p/" + FPR + "/a+b.pgp"));
    }

    /** EX-1, EX-4. */
    @ParameterizedTest
    @ValueSource(strings = {".version/", ".versions/"})
    void readsAVersionInBothSpellingsOfTheSpecification(String between) {
        Request version = new Request.GetVersion(OWNER, new FileName("hello.json.pgp"), VersionHash.of(HASH));
        assertEquals(Optional.of(version), parse("/p2p/" + FPR + "/hello.json.pgp" + between + HASH));
        assertEquals(Optional.of(version), parse("/p2p/" + FPR + "/hello.json" + between + HASH + ".pgp"));
    }

    /** KW-1, KW-2, KW-3. */
    @Test
    void readsWhatIsAskedAboutPeers() {
        assertEquals(Optional.of(new Request.Ping()), parse("/kad/ping"));
        Optional<Request> find = Optional.of(new Request.FindPeer(OWNER));
        assertEquals(find, parse("/kad/find_peer/" + FPR));
        assertEquals(find, parse("/kad/find_peer/" + FPR.toUpperCase(Locale.ROOT)));
    }

    /** EX-2. */
    @Test
    void readsAnUpperCaseFingerprint() {
        assertEquals(parse("/p2p/" + FPR), parse("/p2p/" + FPR.toUpperCase(Locale.ROOT)));
    }

    /** EX-3. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/p2p",
                "/p2p/",
                "p2p/" + FPR,
                "/p2p/" + FPR + "/",
                "/p2p/" + FPR + "0",
                "/p2p/zz" + FPR,
                "/p2p/../" + FPR,
                "/p2p/" + FPR + "/..",
                "/p2p/" + FPR + "/%2e%2e",
                "/p2p/" + FPR + "/a%2Fb.pgp",
                "/p2p/" + FPR + "/a%5Cb.pgp",
                "/p2p/" + FPR + "/a%00b.pgp",
                "/p2p/" + FPR + "/a%zz.pgp",
                "/p2p/" + FPR + "/a%",
                "/p2p/" + FPR + "/.mau-tmp-x.pgp",
                "/p2p/" + FPR + "/a.pgp/b.pgp",
                "/p2p/" + FPR + "/a.pgp.versions/",
                "/p2p/" + FPR + "/a.pgp.versions/xyz",
                "/p2p/" + FPR + "/a.pgp.versions/../b",
                "/p2p/.mau/account.pgp",
                "/p2p//" + FPR,
                "/P2P/" + FPR,
                "/kad",
                "/kad/",
                "/kad/ping/",
                "/kad/ping/" + FPR,
                "/kad/pong",
                "/kad/find_peer",
                "/kad/find_peer/",
                "/kad/find_peer/" + FPR + "/",
                "/kad/find_peer/" + FPR + "00",
                "/kad/find_peer/z" + FPR,
                "/kad/find_peer/%63aeb72ddee0703e1b0d0334f88afa037955d532a",
                "/kad//ping",
                "//kad/ping",
            })
    void anythingElseIsNoAddress(String path) {
        assertEquals(Optional.empty(), parse(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after=",
                "after=1",
                "after=1.2",
                "after=x.y.z",
                "after=99999999999999999999.0.a",
                "after=9223372036854775807.9223372036854775807.a",
                "after=1.1000000000.a",
                "after=1.-1.a",
                "after=%"
            })
    void aCursorThatNobodyGaveIsNoAddress(String query) {
        assertEquals(Optional.empty(), Request.parse("/p2p/" + FPR, Optional.of(query), Optional.empty()));
    }

    /** EX-5. */
    @Test
    void aPathOfTheLongestLengthIsReadAndALongerOneIsNot() {
        String padding = "/p2p/" + FPR + "/";
        String longest = padding + "%61".repeat((Request.MAX_PATH - padding.length()) / 3);
        assertEquals(Optional.empty(), parse(longest + "a".repeat(Request.MAX_PATH)));
        String name = "a".repeat(FileName.MAX_BYTES - FileName.SUFFIX.length());
        assertEquals(Optional.of(new Request.GetFile(OWNER, FileName.published(name))), parse(padding + name));
        assertEquals(Optional.empty(), parse(padding + name + "a"));
    }

    @Test
    void unknownParametersArePassedOver() {
        assertEquals(parse("/p2p/" + FPR), Request.parse("/p2p/" + FPR, Optional.of("since=1&x"), Optional.empty()));
    }
}
