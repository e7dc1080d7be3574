package org.maunode.store;

import java.util.OptionalLong;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Envelope;

/**
 * What one reading of a message tells.
 *
 * @param sum the SHA-256 of all its bytes
 * @param signedAt the time inside the signature, in seconds since 1970, if it was verified
 */
record Facts(VersionHash sum, Envelope envelope, OptionalLong signedAt) {
    Facts signedAt(long seconds) {
        return new Facts(sum, envelope, OptionalLong.of(seconds));
    }
}
