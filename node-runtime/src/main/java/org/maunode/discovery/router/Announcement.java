package org.maunode.discovery.router;

import java.net.Inet4Address;
import java.time.Instant;
import java.util.Optional;

/**
 * What a router tells everybody when it starts or gets another outer address (RFC 6886, 3.2.1; RFC 6887, 14.1). A router
 * that speaks both protocols says it in either, so both are understood, however the mapping came about.
 *
 * @param epoch seconds since the router last forgot its mappings
 * @param external the new outer address, if it said so
 */
record Announcement(long epoch, Optional<Inet4Address> external) {
    /** @throws RouterException if it is none, or that of a failure */
    static Announcement parse(byte[] datagram) {
        if (datagram.length > 0 && datagram[0] == NatPmpRequest.VERSION) {
            if (NatPmpAnswer.parse(datagram) instanceof NatPmpAnswer.Address told && told.result() == 0) {
                return new Announcement(told.epoch(), Optional.of(told.external()));
            }
        } else if (PcpAnswer.parse(datagram) instanceof PcpAnswer.Announcement told) {
            return new Announcement(told.epoch(), Optional.empty());
        }
        throw new RouterException(RouterException.Reason.MALFORMED, "not an announcement");
    }

    /** Whether a mapping to {@code known} may be gone, or lead to another outer address. */
    boolean isDoubtOf(Inet4Address known, Epoch last, Instant now) {
        boolean isElsewhere = external.filter(told -> !told.equals(known)).isPresent();
        return isElsewhere || last.isLostBy(new Epoch(now, epoch));
    }
}
