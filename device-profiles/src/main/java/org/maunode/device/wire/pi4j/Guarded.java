package org.maunode.device.wire.pi4j;

import java.util.concurrent.Callable;
import org.maunode.device.wire.WireException;
import org.maunode.device.wire.WireException.Reason;

/** Pi4J fails in many ways, some of them errors of the JVM; drivers know one. */
final class Guarded {
    private Guarded() {}

    /** @param what for people: {@code line 17 of gpiochip0} */
    static <T> T call(String what, Callable<T> work) {
        try {
            return work.call();
        } catch (WireException known) {
            throw known;
        } catch (LinkageError missing) {
            // A class that is not on the path, or a native library that is not made for this processor.
            throw new WireException(
                    Reason.VANISHED,
                    what + " is out of reach: Pi4J is not there for this machine: " + missing,
                    missing);
        } catch (Exception failed) {
            throw new WireException(
                    Reason.UNREADABLE, what + ": " + rootOf(failed).getMessage(), failed);
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
