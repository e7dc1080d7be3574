package org.maunode.openpgp;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.maunode.openpgp.OpenPgpException.Reason;

/**
 * The secret half of one key as it stands in its packet (RFC 4880, 5.5.3), perhaps under a passphrase.
 *
 * @param usage 0 in the clear; 254 checked with SHA-1, 255 with a sum
 * @param data the secret integers and their check, perhaps enciphered
 */
record LockedPart(int usage, Optional<Protection> protection, byte[] data) {
    private static final int CLEAR = 0;
    private static final int SUMMED = 255;
    private static final int HASHED = 254;
    private static final int AEAD = 253;
    private static final int BLOCK = 16;
    private static final int SHA1_BYTES = 20;

    /** What stands between the passphrase and the numbers. */
    record Protection(int cipher, StringToKey stringToKey, byte[] vector) {}

    static LockedPart parse(Octets octets) {
        int usage = octets.u8();
        return switch (usage) {
            case CLEAR -> new LockedPart(usage, Optional.empty(), octets.rest());
            case HASHED, SUMMED -> new LockedPart(usage, Optional.of(protection(octets)), octets.rest());
            case AEAD -> throw OpenPgpException.unsupported("the secret key is protected with AEAD");
            default -> throw OpenPgpException.unsupported("the secret key is protected in unknown way " + usage);
        };
    }

    private static Protection protection(Octets octets) {
        int cipher = octets.u8();
        StringToKey stringToKey = StringToKey.parse(octets);
        AlgorithmPolicy.keyBytes(cipher);
        return new Protection(cipher, stringToKey, octets.take(BLOCK));
    }

    /** @throws OpenPgpException with {@code WRONG_PASSPHRASE} if the check behind the numbers does not hold */
    SecretPart unlock(KeyMaterial key, char[] passphrase) {
        byte[] clear = protection.map(p -> decipher(p, passphrase)).orElse(data);
        int checkBytes = usage == HASHED ? SHA1_BYTES : 2;
        if (clear.length < checkBytes) {
            throw OpenPgpException.malformed("a secret key is cut short");
        }
        byte[] numbers = Arrays.copyOf(clear, clear.length - checkBytes);
        byte[] check = Arrays.copyOfRange(clear, numbers.length, clear.length);
        if (!Arrays.equals(check, checkOf(numbers))) {
            throw wrong("the check behind the secret key does not hold");
        }
        return secret(key, numbers);
    }

    /** Under a wrong passphrase a sum of 16 bits holds once in 65,536 times; what then follows is no key. */
    private SecretPart secret(KeyMaterial key, byte[] numbers) {
        try {
            return SecretPart.of(key, numbers);
        } catch (OpenPgpException e) {
            throw usage == SUMMED ? wrong(e.getMessage()) : e;
        }
    }

    private byte[] decipher(Protection protection, char[] passphrase) {
        byte[] key = protection.stringToKey().key(protection.cipher(), passphrase);
        byte[] clear = new byte[data.length];
        Crypto.cfb(false, key, protection.vector()).processBytes(data, 0, data.length, clear, 0);
        return clear;
    }

    private byte[] checkOf(byte[] numbers) {
        if (usage != HASHED) {
            int sum = SecretPart.sum(numbers);
            return new byte[] {(byte) (sum >> 8), (byte) sum};
        }
        SHA1Digest digest = new SHA1Digest();
        digest.update(numbers, 0, numbers.length);
        byte[] check = new byte[SHA1_BYTES];
        digest.doFinal(check, 0);
        return check;
    }

    private OpenPgpException wrong(String clearComplaint) {
        return protection.isPresent()
                ? new OpenPgpException(Reason.WRONG_PASSPHRASE, "the passphrase does not open the secret key")
                : OpenPgpException.malformed(clearComplaint);
    }
}
