package org.maunode.openpgp;

import java.io.InputStream;
import java.util.List;
import java.util.Set;

/**
 * What can be told of a message without any key: whether it is sealed, and for which keys. Reads the session key packets
 * at the front and stops there; never touches the ciphertext.
 *
 * @param sealed {@code false} for a signed-only message, which is public
 * @param keyIds the recipients' key ids, in order; 0 is a hidden recipient, and matches nobody
 */
public record Envelope(boolean sealed, List<Long> keyIds) {
    public Envelope {
        keyIds = List.copyOf(keyIds);
    }

    /**
     * Reads the front of a message.
     *
     * @throws OpenPgpException if it is neither a sealed nor a signed message
     */
    public static Envelope read(InputStream message) {
        throw new UnsupportedOperationException();
    }

    /** Whether the holder of any of these keys may read the message. */
    public boolean isReadableBy(Set<Long> keys) {
        return !sealed || keyIds.stream().anyMatch(id -> id != 0 && keys.contains(id));
    }
}
