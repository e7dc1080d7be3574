package org.maunode.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.Fingerprint;

class ReceptionTest {
    private static final Fingerprint OWNER = Fingerprint.of("caeb72ddee0703e1b0d0334f88afa037955d532a");
    private static final Caller CALLER = Caller.of(OWNER);

    @TempDir
    Path directory;

    private final FakeOverlay overlay = new FakeOverlay();

    private Answer answer(Request request, Caller caller) {
        return new Reception(new FakeExchange(directory, OWNER, 1), overlay).answer(request, caller);
    }

    @Test
    void eachRequestGoesToWhomItConcerns() {
        Request list = new Request.ListFiles(OWNER, Optional.empty(), Optional.empty());
        assertInstanceOf(Answer.Listing.class, answer(list, Caller.NOBODY));
        assertEquals(new Answer.Pong(), answer(new Request.Ping(), CALLER));
        assertEquals(new Answer.Contacts(List.of()), answer(new Request.FindPeer(OWNER), CALLER));
        assertEquals(List.of(CALLER, CALLER), overlay.callers());
    }

    /** KW-4. */
    @Test
    void nobodyAsksNothingAboutPeers() {
        Answer refused = new Answer.Refused(Refusal.BAD_REQUEST);
        assertEquals(refused, answer(new Request.Ping(), Caller.NOBODY));
        assertEquals(refused, answer(new Request.FindPeer(OWNER), Caller.NOBODY));
    }
}
