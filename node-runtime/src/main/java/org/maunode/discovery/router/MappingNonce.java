package org.maunode.discovery.router;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * By what a router that speaks PCP knows the owner of a mapping (RFC 6887, 11.1). The same after each start, so that a
 * board that lost power may renew what it left behind; known to nobody else on the network, who could end the mapping.
 */
public final class MappingNonce {
    static final int BYTES = 12;

    private static final byte[] PURPOSE = "mau-node: PCP mapping nonce\n".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;

    private MappingNonce(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The nonce of whoever knows {@code secret}, which it does not give away.
     *
     * @param secret any bytes that only this node has and that outlive a restart
     */
    public static MappingNonce of(byte[] secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(PURPOSE);
            return new MappingNonce(Arrays.copyOf(digest.digest(secret), BYTES));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
