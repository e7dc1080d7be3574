package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maunode.exchange.RemotePeer.Behind;

final class NextLinkTest {
    private static final String PATH = "/p2p/0123";

    @Test
    void aNextPageOfTheSamePathIsFollowed() {
        for (String header : List.of(
                "</p2p/0123?after=1.2.a%20b.pgp>; rel=\"next\"",
                "<?after=1.2.a%20b.pgp>; rel=next",
                "</p2p/0123>; rel=\"first\", </p2p/0123?after=1.2.a%20b.pgp>; title=\"x\"; rel=\"next\"")) {
            assertEquals(new Behind.More("after=1.2.a%20b.pgp"), NextLink.behind(Optional.of(header), PATH), header);
        }
    }

    @Test
    void noOtherLinkIs() {
        for (String header : List.of(
                "",
                "</p2p/0123?after=1>",
                "</p2p/0123?after=1>; rel=\"prev\"",
                "</p2p/4567?after=1>; rel=\"next\"",
                "<//evil.example/p2p/0123?after=1>; rel=\"next\"",
                "<https://evil.example/p2p/0123?after=1>; rel=\"next\"",
                "</p2p/0123>; rel=\"next\"",
                "</p2p/0123?after=1 HTTP/1.1>; rel=\"next\"",
                "</p2p/0123?after=1#x>; rel=\"next\"",
                "/p2p/0123?after=1; rel=\"next\"")) {
            assertEquals(new Behind.Untold(), NextLink.behind(Optional.of(header), PATH), header);
        }
    }

    @Test
    void aPeerThatPagesSaysWhereItsListingEnds() {
        for (String header : List.of("</p2p/0123>; rel=\"last\"", "</p2p/0123>; rel=last, <x>; rel=\"first\"")) {
            assertEquals(new Behind.Nothing(), NextLink.behind(Optional.of(header), PATH), header);
        }
        assertEquals(new Behind.Untold(), NextLink.behind(Optional.empty(), PATH), "the Go peer sends none");
    }

    @Test
    void theEndOfAListingSaysFromWhereToWait() {
        assertEquals(
                new Behind.Nothing(Optional.of("after=1.2.a%20b.pgp")),
                NextLink.behind(Optional.of("</p2p/0123?after=1.2.a%20b.pgp>; rel=\"last\""), PATH));
        assertEquals(
                new Behind.Nothing(),
                NextLink.behind(Optional.of("<https://evil.example/p2p/0123?after=1>; rel=\"last\""), PATH));
    }

    @Test
    void aQueryAsLongAsTheLimitIsSoundAndALongerOneIsNot() {
        assertTrue(NextLink.isSound("a".repeat(NextLink.MAX_QUERY)));
        assertFalse(NextLink.isSound("a".repeat(NextLink.MAX_QUERY + 1)));
        assertFalse(NextLink.isSound("a\r\nb"));
    }
}
