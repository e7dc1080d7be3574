package org.maunode.openpgp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.modes.CFBModeCipher;

/**
 * Deciphers integrity protected data of version 1 (RFC 4880, 5.13 and 5.14):
 *
 * <pre>
 * 01 | 16 random, the last 2 of them again | packets | d3 14 | SHA-1 of all that is deciphered before
 *      └────────────────────────── AES, cipher feedback ──────────────────────────────────────────┘
 * </pre>
 *
 * The last 22 octets are never handed out. Nothing that was handed out may be believed before {@link #isIntact}.
 */
final class SealedInput extends BlockInput {
    static final int VERSION = 1;
    static final int PREFIX = 18;
    static final int CHECK = 22;
    static final byte[] CHECK_HEADER = {(byte) 0xd3, 0x14};
    private static final int CHUNK = 16 * 1024;

    private final InputStream in;
    private final CFBModeCipher cipher;
    private final Digest digest = new SHA1Digest();
    private final boolean hasRepeat;
    private boolean isAtEnd;

    private SealedInput(InputStream in, byte[] key) throws IOException {
        super(CHUNK + CHECK);
        this.in = in;
        this.cipher = Crypto.cfb(false, key);
        byte[] prefix = deciphered(PREFIX);
        digest.update(prefix, 0, PREFIX);
        this.hasRepeat = prefix[14] == prefix[16] && prefix[15] == prefix[17];
        System.arraycopy(deciphered(CHECK), 0, block, 0, CHECK);
    }

    /** Begins to decipher the body of an integrity protected packet. */
    static SealedInput open(InputStream body, byte[] key) throws IOException {
        int version = body.read();
        if (version == 2) {
            throw OpenPgpException.unsupported("the data is encrypted with AEAD (version 2)");
        }
        if (version != VERSION) {
            throw OpenPgpException.malformed("the encrypted data has version " + version);
        }
        return new SealedInput(body, key);
    }

    private byte[] deciphered(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw OpenPgpException.malformed("the encrypted data is too short");
        }
        cipher.processBytes(bytes, 0, length, bytes, 0);
        return bytes;
    }

    /**
     * Whether the first octets repeat as they should: with a wrong key they do once in 65,536 times. To be asked of a
     * passphrase only; asked for strangers, the answer would help to decipher (Mister and Zuccherato, 2005).
     */
    boolean hasRepeat() {
        return hasRepeat;
    }

    /** Fills the block where it is empty; behind {@code to} the block always holds the {@value #CHECK} newest octets. */
    @Override
    boolean isReady() throws IOException {
        if (from == to && !isAtEnd) {
            System.arraycopy(block, to, block, 0, CHECK);
            int n = in.readNBytes(block, CHECK, CHUNK);
            cipher.processBytes(block, CHECK, n, block, CHECK);
            digest.update(block, 0, n);
            from = 0;
            to = n;
            isAtEnd = n < CHUNK;
        }
        return from < to;
    }

    /** Reads what is left and tells whether the data is what was encrypted. To be called once. */
    boolean isIntact() throws IOException {
        while (isReady()) {
            from = to;
        }
        byte[] expected = new byte[CHECK];
        System.arraycopy(CHECK_HEADER, 0, expected, 0, CHECK_HEADER.length);
        digest.update(CHECK_HEADER, 0, CHECK_HEADER.length);
        digest.doFinal(expected, CHECK_HEADER.length);
        return Arrays.equals(expected, 0, CHECK, block, to, to + CHECK);
    }

    /** @throws OpenPgpException with {@code TAMPERED} unless {@link #isIntact} */
    void requireIntact() throws IOException {
        if (!isIntact()) {
            throw OpenPgpException.tampered("the encrypted data was changed");
        }
    }
}
