package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.maunode.exchange.Answer;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.Refusal;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.identity.Fingerprint;

/** Nobody is taken for somebody else, whatever a certificate says and whatever hangs on it: EX-10, EX-11. */
@ExtendWith(OwnThreads.class)
final class ImpersonationTest {
    private static final TlsIdentity NODE = TestIdentities.ed25519();
    private static final TlsIdentity VICTIM = TestIdentities.ed25519();
    private static final TlsIdentity RSA_VICTIM = TestIdentities.rsa();
    private static final TlsIdentity MALLORY = TestIdentities.ed25519();

    private final BlockingQueue<Optional<Fingerprint>> callers = new LinkedBlockingQueue<>();
    private PeerServer server;

    @BeforeEach
    void serve() throws IOException {
        server = PeerServer.start(
                NODE,
                (request, caller) -> {
                    callers.add(caller.fingerprint());
                    return new Answer.Refused(Refusal.NOT_FOUND);
                },
                ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Optional<Fingerprint> callerSeenFor(SSLContext tls) throws Exception {
        try (RawClient client = RawClient.open(server.address(), tls, Tls.HTTP_1_1)) {
            client.send("GET /p2p/" + NODE + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertTrue(client.answer().contains("404"));
        }
        return callers.take();
    }

    @Test
    void aCallerIsWhoHisKeySays() throws Exception {
        for (TlsIdentity honest : List.of(VICTIM, RSA_VICTIM)) {
            assertEquals(Optional.of(honest.fingerprint()), callerSeenFor(TestTls.context(TestTls.honest(honest))));
        }
        assertEquals(Optional.empty(), callerSeenFor(Anonymous.tls()));
    }

    @Test
    void aCallerWhoNamesAVictimIsHimself() throws Exception {
        assertEquals(
                Optional.of(MALLORY.fingerprint()), callerSeenFor(TestTls.context(TestTls.named(MALLORY, VICTIM))));
    }

    @Test
    void aCallerWhoAppendsAVictimsCertificateIsHimself() throws Exception {
        for (TlsIdentity victim : List.of(VICTIM, RSA_VICTIM)) {
            TestTls.Shown chain =
                    TestTls.honest(MALLORY).with(TestTls.honest(victim).chain().getFirst());
            assertEquals(Optional.of(MALLORY.fingerprint()), callerSeenFor(TestTls.context(chain)));
        }
    }

    @Test
    void aKeyThatNoIdentityHasIsNobodyWhateverIsAppended() throws Exception {
        TestTls.Shown leaf = TestTls.ecdsa(VICTIM.toString());
        assertEquals(Optional.empty(), callerSeenFor(TestTls.context(leaf)));
        TestTls.Shown chain = leaf.with(TestTls.honest(RSA_VICTIM).chain().getFirst());
        assertEquals(Optional.empty(), callerSeenFor(TestTls.context(chain)));
    }

    @Test
    void aResumedSessionIsTheSameCallers() throws Exception {
        SSLContext tls = TestTls.context(TestTls.honest(VICTIM));
        Instant[] made = new Instant[2];
        for (int i = 0; i < 2; i++) {
            try (RawClient client = RawClient.open(server.address(), tls, Tls.HTTP_1_1)) {
                client.send("GET /p2p/" + NODE + " HTTP/1.1\r\nHost: x\r\n\r\n");
                client.answer();
                made[i] = Instant.ofEpochMilli(client.socket().getSession().getCreationTime());
            }
            assertEquals(Optional.of(VICTIM.fingerprint()), callers.take());
        }
        assertEquals(made[0], made[1], "the second session continues the first");
    }

    @Test
    void aPeerWithoutNamesInHisCertificateIsWhoHisKeySays() throws Exception {
        for (TlsIdentity nameless : List.of(VICTIM, RSA_VICTIM)) {
            SSLContext tls = TestTls.context(TestTls.nameless(nameless));
            assertEquals(Optional.of(nameless.fingerprint()), callerSeenFor(tls));
            assertEquals(Optional.of(nameless.fingerprint()), callerSeenFor(tls), "resumed");
            try (ScriptedServer peer =
                            ScriptedServer.start(tls, head -> "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");
                    PeerDialer dialer = new PeerDialer(MALLORY, DialerOptions.DEFAULT);
                    RemotePeer remote = dialer.dial(nameless.fingerprint(), peer.address())) {
                assertEquals(
                        List.of(),
                        remote.list(nameless.fingerprint(), new From.Since(Instant.MIN))
                                .files());
            }
        }
    }

    private static ExchangeException refusal(PeerDialer dialer, Fingerprint expected, InetSocketAddress address) {
        return assertThrows(ExchangeException.class, () -> dialer.dial(expected, address));
    }

    private static void assertWrong(TestTls.Shown shown) throws Exception {
        try (ScriptedServer liar = ScriptedServer.start(TestTls.context(shown), line -> "");
                PeerDialer dialer = new PeerDialer(MALLORY, DialerOptions.DEFAULT)) {
            assertEquals(
                    ExchangeException.Reason.WRONG_IDENTITY,
                    refusal(dialer, VICTIM.fingerprint(), liar.address()).reason());
            assertEquals(Optional.empty(), liar.firstRequest(), "nothing is asked of a stranger");
        }
    }

    @Test
    void aServerThatNamesAVictimIsNotTheVictim() throws Exception {
        assertWrong(TestTls.named(MALLORY, VICTIM));
    }

    @Test
    void aServerThatAppendsAVictimsCertificateIsNotTheVictim() throws Exception {
        assertWrong(TestTls.honest(MALLORY).with(TestTls.honest(VICTIM).chain().getFirst()));
    }

    @Test
    void aServerWithAKeyThatNoIdentityHasIsNobody() throws Exception {
        assertWrong(TestTls.ecdsa(VICTIM.toString()));
        assertWrong(TestTls.ecdsa("x").with(TestTls.honest(VICTIM).chain().getFirst()));
    }

    @Test
    void aResumedServerIsCheckedToo() {
        try (PeerDialer dialer = new PeerDialer(VICTIM, DialerOptions.DEFAULT)) {
            for (int i = 0; i < 2; i++) {
                try (RemotePeer peer = dialer.dial(NODE.fingerprint(), server.address())) {
                    assertThrows(
                            ExchangeException.class, () -> peer.list(NODE.fingerprint(), new From.Since(Instant.MIN)));
                    assertEquals(Optional.of(VICTIM.fingerprint()), callers.remove());
                }
            }
            assertEquals(
                    ExchangeException.Reason.WRONG_IDENTITY,
                    refusal(dialer, MALLORY.fingerprint(), server.address()).reason());
        }
    }
}
