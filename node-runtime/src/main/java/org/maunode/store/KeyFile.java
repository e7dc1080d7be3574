package org.maunode.store;

import java.nio.file.Path;
import java.util.Set;
import org.maunode.identity.Fingerprint;

/**
 * A file that was found to hold a friend's key.
 *
 * @param stamp what the file was when it was read
 */
record KeyFile(Path path, Stamp stamp, Fingerprint fingerprint, Set<Long> keyIds) {
    boolean isIn(Path directory) {
        return path.startsWith(directory);
    }
}
