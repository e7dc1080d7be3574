package org.maunode.store;

import java.util.Optional;
import org.maunode.identity.FileName;

/**
 * What the index knows of one file.
 *
 * @param stamp the file's, as it was when it was read
 * @param unsure the file changed just before it was read: it may have changed again within the grain of the file system's
 *     clock, so it is read once more
 * @param facts empty for a file that is no message, which is not listed
 */
record IndexRecord(FileName name, Stamp stamp, boolean unsure, Optional<Facts> facts) {
    boolean isOf(Stamp now) {
        return !unsure && stamp.equals(now);
    }
}
