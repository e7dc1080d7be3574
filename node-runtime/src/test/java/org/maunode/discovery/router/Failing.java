package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;
import org.maunode.discovery.router.RouterException.Reason;

/** How this package's code fails. */
final class Failing {
    private Failing() {}

    static void with(Reason reason, Executable code) {
        assertEquals(reason, assertThrows(RouterException.class, code).reason());
    }
}
