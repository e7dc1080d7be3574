package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.Waiters.Attention;
import org.maunode.store.StoredFile;
import org.maunode.sync.Courier.Delivery;
import org.maunode.sync.Village.Node;

/** Somebody waits until a peer has what is meant for it. */
class CourierTest {
    @TempDir
    private Path place;

    private final List<String> heard = new ArrayList<>();
    private final Courier.Progress progress = new Courier.Progress() {
        @Override
        public void begins(StoredFile file) {
            heard.add("begins " + file.name().contentName());
        }

        @Override
        public void taken(StoredFile file) {
            heard.add("taken " + file.name().contentName());
        }

        @Override
        public void refused(StoredFile file, String why) {
            heard.add("refused " + file.name().contentName() + " " + why);
        }
    };

    private Village village;
    private Node self;
    private Node peer;
    private InProcessPeer remote;
    private Courier courier;

    @BeforeEach
    void settle() {
        village = new Village(place);
        List<Node> people = village.people(2);
        self = people.getFirst();
        peer = people.getLast();
        remote = new InProcessPeer(peer.account, peer.store, self.fingerprint());
        remote.leftHere = this::keep;
        courier = new Courier(new Outbox(self.account, self.store, _ -> Attention.NONE));
    }

    @AfterEach
    void close() {
        village.close();
    }

    private void keep(StoredFile file) {
        try {
            Path directory = peer.account.root().resolve(self.fingerprint().toString());
            Files.createDirectories(directory);
            Files.write(directory.resolve(file.name().value()), Files.readAllBytes(file.path()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void refuse(Reason reason) {
        remote.leftHere = _ -> {
            throw new ExchangeException(reason, "no");
        };
    }

    @Test
    void leavesWhatIsMissingAndNothingTwice() {
        self.publish("one", "1");
        self.publish("two", "2");
        assertEquals(2, courier.missing(remote));
        assertEquals(Delivery.COMPLETE, courier.deliver(remote, progress));
        assertEquals(List.of("begins one", "taken one", "begins two", "taken two"), heard);
        assertEquals(0, courier.missing(remote));
        self.publish("two", "new");
        heard.clear();
        assertEquals(Delivery.COMPLETE, courier.deliver(remote, progress));
        assertEquals(List.of("begins two", "taken two"), heard);
    }

    @Test
    void leavesMoreThanABatch() {
        for (int i = 0; i < 200; i++) {
            self.publish("n" + i, "text");
        }
        assertEquals(Delivery.COMPLETE, courier.deliver(remote, progress));
        assertEquals(400, heard.size());
        assertEquals(0, courier.missing(remote));
    }

    @Test
    void aFileThatIsTurnedDownDoesNotHoldBackTheOthers() {
        self.publish("one", "1");
        self.publish("two", "2");
        refuse(Reason.REFUSED);
        assertEquals(Delivery.COMPLETE, courier.deliver(remote, progress));
        assertEquals(List.of("begins one", "refused one no", "begins two", "refused two no"), heard);
    }

    @Test
    void whoDoesNotFollowUsOrKnowsNoPushingIsAskedOnce() {
        self.publish("one", "1");
        self.publish("two", "2");
        refuse(Reason.NOT_ALLOWED);
        assertEquals(Delivery.NOT_WANTED, courier.deliver(remote, progress));
        refuse(Reason.NOT_SUPPORTED);
        assertEquals(Delivery.NOT_SUPPORTED, courier.deliver(remote, progress));
        assertEquals(List.of("begins one", "begins one"), heard);
        remote.knowsNoPaging = true;
        assertEquals(Delivery.NOT_SUPPORTED, courier.deliver(remote, progress));
        assertEquals(0, courier.missing(remote));
    }

    @Test
    void aConnectionThatBreaksIsTold() {
        self.publish("one", "1");
        refuse(Reason.UNREACHABLE);
        assertEquals(
                Reason.UNREACHABLE,
                assertThrows(ExchangeException.class, () -> courier.deliver(remote, progress))
                        .reason());
    }
}
