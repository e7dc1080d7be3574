package org.maunode.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Sealer;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Retention;
import org.maunode.store.StoredFile;

/** EX-70 to EX-72 over a real directory: what is left here is verified like what is fetched. */
@Timeout(60)
class StoreDeliveryTest {
    private static final char[] PASSPHRASE = "delivery".toCharArray();
    private static final Instant T = Instant.parse("2024-02-01T12:00:00Z");
    private static final FileName NAME = new FileName("note.pgp");

    @TempDir
    private Path place;

    private Account node;
    private Account friend;
    private Account other;
    private ContentStore store;
    private StoreExchange exchange;

    @BeforeEach
    void open() {
        node = Account.create(place.resolve("node"), "node", "", PASSPHRASE, () -> T.minusSeconds(60));
        friend = Account.create(place.resolve("friend"), "friend", "", PASSPHRASE, () -> T.minusSeconds(60));
        other = Account.create(place.resolve("other"), "other", "", PASSPHRASE, () -> T.minusSeconds(60));
        node.keyring().add(friend.identity().publicIdentity());
        node.keyring().add(other.identity().publicIdentity());
        store = ContentStore.open(node);
        store.follow(friend.fingerprint());
        exchange = new StoreExchange(node, store, new Retention.KeepAll());
    }

    @AfterEach
    void nothingIsLeftBeside() throws IOException {
        store.close();
        assertEquals(List.of(), received());
    }

    private List<Path> received() throws IOException {
        try (Stream<Path> all = Files.walk(node.privateDirectory())) {
            return all.filter(path -> path.getFileName().toString().startsWith("incoming-"))
                    .toList();
        }
    }

    private static byte[] signed(Account by, String text, Instant when) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new Sealer(by.identity())
                    .sign(() -> new ByteArrayInputStream(content), when)
                    .writeTo(out);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return out.toByteArray();
    }

    private Delivery offer(byte[] message, Optional<VersionHash> sum) {
        Fingerprint owner = friend.fingerprint();
        return exchange.accept(new Delivery.Offer(owner, NAME, message.length, sum), Caller.of(owner));
    }

    private Delivery.Verdict leave(byte[] message) {
        return leave(message, Optional.empty());
    }

    private Delivery.Verdict leave(byte[] message, Optional<VersionHash> sum) {
        try (Delivery.Open open = assertInstanceOf(Delivery.Open.class, offer(message, sum))) {
            int half = message.length / 2;
            open.write(ByteBuffer.wrap(message, 0, half));
            open.write(ByteBuffer.wrap(message, half, message.length - half));
            return open.finish();
        }
    }

    private static Refusal refusal(Delivery verdict) {
        return assertInstanceOf(Delivery.Refused.class, verdict).refusal();
    }

    /** EX-71. */
    @Test
    void whatItsOwnerSignedIsTakenInAsItIs() throws IOException {
        byte[] first = signed(friend, "first", T);
        assertEquals(new Delivery.Taken(true), leave(first, Optional.of(FakeExchange.digest(first))));
        StoredFile file = store.find(friend.fingerprint(), NAME).orElseThrow();
        assertEquals(FakeExchange.digest(first), file.sum());
        assertEquals(new Delivery.Taken(false), leave(first), "here already");
        byte[] second = signed(friend, "second", T.plusSeconds(1));
        assertEquals(new Delivery.Taken(false), leave(second), "in its place");
        assertEquals(
                FakeExchange.digest(second),
                store.find(friend.fingerprint(), NAME).orElseThrow().sum());
        assertEquals(1, store.versions(friend.fingerprint(), NAME).size());
    }

    /** EX-71. */
    @Test
    void whatIsOlderThanOursIsAConflict() {
        byte[] first = signed(friend, "first", T);
        leave(first);
        leave(signed(friend, "second", T.plusSeconds(1)));
        assertEquals(Refusal.CONFLICT, refusal(leave(signed(friend, "before", T.minusSeconds(1)))));
        assertEquals(Refusal.CONFLICT, refusal(leave(first)));
    }

    /** EX-72. */
    @Test
    void whatIsHereNeedNotBeSent() {
        byte[] first = signed(friend, "first", T);
        leave(first);
        assertEquals(new Delivery.Taken(false), offer(first, Optional.of(FakeExchange.digest(first))));
        leave(signed(friend, "second", T.plusSeconds(1)));
        assertEquals(Refusal.CONFLICT, refusal(offer(first, Optional.of(FakeExchange.digest(first)))));
    }

    /** EX-71, EX-72. */
    @Test
    void whatIsNotVerifiedIsRefusedWithTheReason() {
        byte[] good = signed(friend, "good", T);
        byte[] altered = good.clone();
        altered[altered.length / 2] ^= 1;
        for (byte[] bad :
                List.of(altered, signed(other, "by another", T), "no message".getBytes(StandardCharsets.UTF_8))) {
            Delivery.Refused refused = assertInstanceOf(Delivery.Refused.class, leave(bad));
            assertEquals(Refusal.UNVERIFIED, refused.refusal());
            assertFalse(refused.reason().isBlank());
        }
        assertEquals(
                new Delivery.Refused(Refusal.UNVERIFIED, "its hash is not the announced one"),
                leave(good, Optional.of(FakeExchange.digest(altered))));
        assertEquals(Optional.empty(), store.find(friend.fingerprint(), NAME));
    }

    /** EX-70. */
    @Test
    void onlyTheOwnerWhoIsFollowedAndKnownMayLeaveAFile() {
        byte[] message = signed(friend, "x", T);
        Delivery.Offer friends = new Delivery.Offer(friend.fingerprint(), NAME, message.length, Optional.empty());
        assertEquals(Refusal.NOT_ALLOWED, refusal(exchange.accept(friends, Caller.NOBODY)));
        assertEquals(Refusal.FORBIDDEN, refusal(exchange.accept(friends, Caller.of(other.fingerprint()))));
        Delivery.Offer others = new Delivery.Offer(other.fingerprint(), NAME, 1, Optional.empty());
        assertEquals(
                Refusal.FORBIDDEN, refusal(exchange.accept(others, Caller.of(other.fingerprint()))), "not followed");
        Delivery.Offer ours = new Delivery.Offer(node.fingerprint(), NAME, 1, Optional.empty());
        assertEquals(Refusal.FORBIDDEN, refusal(exchange.accept(ours, Caller.of(node.fingerprint()))), "our own");
        node.keyring().remove(friend.fingerprint());
        assertEquals(
                Refusal.FORBIDDEN, refusal(exchange.accept(friends, Caller.of(friend.fingerprint()))), "no friend");
    }

    /** EX-71. */
    @Test
    void whatIsGivenUpLeavesNothing() throws IOException {
        Delivery.Open open = assertInstanceOf(Delivery.Open.class, offer(new byte[100], Optional.empty()));
        open.write(ByteBuffer.allocate(10));
        assertEquals(1, received().size());
        open.close();
        open.close();
    }

    @Test
    void twoMayLeaveTheSameFileAtOnce() {
        byte[] message = signed(friend, "x", T);
        Delivery.Open one = assertInstanceOf(Delivery.Open.class, offer(message, Optional.empty()));
        Delivery.Open two = assertInstanceOf(Delivery.Open.class, offer(message, Optional.empty()));
        one.write(ByteBuffer.wrap(message));
        two.write(ByteBuffer.wrap(message));
        assertEquals(new Delivery.Taken(true), one.finish());
        assertEquals(new Delivery.Taken(false), two.finish());
        one.close();
        two.close();
    }

    @Test
    void othersAreToldOfWhatWasLeftHere() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        try (AutoCloseable _ = exchange.onChange(owner -> {
            if (owner.equals(friend.fingerprint())) {
                told.countDown();
            }
        })) {
            leave(signed(friend, "x", T));
            told.await();
        }
        assertTrue(store.find(friend.fingerprint(), NAME).isPresent());
    }
}
