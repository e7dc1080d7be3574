package org.maunode.discovery.router;

import java.net.Inet4Address;
import org.maunode.discovery.net.AddressScope;
import org.maunode.discovery.router.RouterException.Reason;

/** What every protocol's grant is checked for. Pure. */
final class Grants {
    private Grants() {}

    /** @throws RouterException if nobody could connect to this */
    static void requireUsable(Inet4Address external, int port) {
        requireUsable(external);
        if (port == 0) {
            throw new RouterException(Reason.MALFORMED, "the router gave port 0");
        }
    }

    /** @throws RouterException with {@code NO_EXTERNAL_ADDRESS} if nobody could connect to this */
    static void requireUsable(Inet4Address external) {
        switch (AddressScope.of(external)) {
            case GLOBAL, PRIVATE, LINK_LOCAL -> {}
            case LOOPBACK, UNUSABLE ->
                throw new RouterException(
                        Reason.NO_EXTERNAL_ADDRESS, "it has no address outside but " + external.getHostAddress());
        }
    }
}
