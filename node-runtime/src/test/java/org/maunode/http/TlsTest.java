package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

final class TlsTest {
    private static final TlsIdentity NODE = TestIdentities.ed25519();

    @Test
    void aCallAsksFirstForTheCipherThatNeedsNoInstructionsOfItsOwn() {
        SSLEngine engine = Tls.context(NODE, List.of()).createSSLEngine();
        Tls.call(engine, Tls.PROTOCOLS);
        assertEquals("TLS_CHACHA20_POLY1305_SHA256", engine.getEnabledCipherSuites()[0]);
    }
}
