package org.maunode.openpgp;

import java.io.ByteArrayOutputStream;
import org.bouncycastle.bcpg.S2K;
import org.bouncycastle.openpgp.operator.bc.BcPBEDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/**
 * How a passphrase becomes a key (RFC 4880, 3.7.1). All three of the RFC's ways are read, as an account is its owner's
 * own file; only the iterated one is written.
 *
 * @param salt empty for the simple way
 * @param count the coded count; 0 unless iterated
 */
record StringToKey(int type, int hash, byte[] salt, int count) {
    private static final int SIMPLE = 0;
    private static final int SALTED = 1;
    private static final int ITERATED = 3;
    private static final int GNU = 101;
    private static final int SALT_BYTES = 8;
    /** 16 MiB through the hash, as the Go peer does. */
    private static final int WRITTEN_COUNT = 0xe0;

    static StringToKey parse(Octets octets) {
        int type = octets.u8();
        int hash = octets.u8();
        if (type == GNU) {
            throw OpenPgpException.unusable("the secret key itself is not in the file, only a stub of it");
        }
        if (hash != AlgorithmPolicy.SHA1 && !AlgorithmPolicy.isModern(hash)) {
            throw OpenPgpException.unsupported("the passphrase is hashed with unknown algorithm " + hash);
        }
        return switch (type) {
            case SIMPLE -> new StringToKey(type, hash, new byte[0], 0);
            case SALTED -> new StringToKey(type, hash, octets.take(SALT_BYTES), 0);
            case ITERATED -> new StringToKey(type, hash, octets.take(SALT_BYTES), octets.u8());
            default -> throw OpenPgpException.unsupported("the passphrase becomes a key in unknown way " + type);
        };
    }

    static StringToKey fresh() {
        return new StringToKey(ITERATED, AlgorithmPolicy.SHA256, Crypto.random(SALT_BYTES), WRITTEN_COUNT);
    }

    byte[] encoded() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(type);
        out.write(hash);
        out.writeBytes(salt);
        out.write(count);
        return out.toByteArray();
    }

    byte[] key(int cipher, char[] passphrase) {
        S2K s2k =
                switch (type) {
                    case SIMPLE -> new S2K(hash);
                    case SALTED -> new S2K(hash, salt);
                    default -> new S2K(hash, salt, count);
                };
        var factory = new BcPBEDataDecryptorFactory(passphrase, new BcPGPDigestCalculatorProvider());
        return BouncyCastle.call("the passphrase gives no key", () -> factory.makeKeyFromPassPhrase(cipher, s2k));
    }
}
