package org.maunode.openpgp;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.openpgp.PGPException;

/** The border: whatever the library throws at data from outside leaves this package as an {@link OpenPgpException}. */
final class BouncyCastle {
    private BouncyCastle() {}

    /** A call into the library. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws IOException, PGPException, CryptoException;
    }

    /** Makes a call whose failure says that the data is malformed. */
    static <T> T call(String complaint, Call<T> call) {
        return call(OpenPgpException.Reason.MALFORMED, complaint, call);
    }

    static <T> T call(OpenPgpException.Reason reason, String complaint, Call<T> call) {
        try {
            return call.run();
        } catch (OpenPgpException e) {
            throw e;
        } catch (IOException | PGPException | CryptoException | RuntimeException e) {
            throw new OpenPgpException(reason, complaint, e);
        }
    }

    static byte[] der(ASN1Object object) {
        try {
            return object.getEncoded();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
