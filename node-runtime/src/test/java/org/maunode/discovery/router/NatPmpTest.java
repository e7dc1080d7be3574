package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.router.RouterException.Reason;

/** NAT-PMP's messages; the answers are miniupnpd's. */
class NatPmpTest {
    /** miniupnpd 2.3.1 at 11.22.33.1, two seconds old, and its answer to a request for TCP port 4444 for 7 s. */
    static final String ADDRESS = "00800000000000020b162101";

    static final String GRANTED = "0082000000000002115c115c00000007";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void requestsAreLaidOutAsInTheRfc() {
        assertEquals("0000", HexFormat.of().formatHex(new NatPmpRequest.Address().bytes()));
        assertEquals(
                "00020000" + "115c115d" + "00000e10",
                HexFormat.of().formatHex(new NatPmpRequest.Mapping(4444, 4445, Duration.ofHours(1)).bytes()));
    }

    @Test
    void miniupnpdsAnswersAreRead() {
        assertEquals(new NatPmpAnswer.Address(0, 2, Ipv4.parse("11.22.33.1")), NatPmpAnswer.parse(bytes(ADDRESS)));
        assertEquals(
                new NatPmpAnswer.Mapping(0, 2, 4444, 4444, Duration.ofSeconds(7)), NatPmpAnswer.parse(bytes(GRANTED)));
    }

    /** RT-31. */
    @Test
    void messagesHaveTheirLengthAndNoOther() {
        for (int length = 0; length < 40; length++) {
            int given = length;
            if (length != NatPmpAnswer.ADDRESS_BYTES) {
                Failing.with(Reason.MALFORMED, () -> NatPmpAnswer.parse(Arrays.copyOf(bytes(ADDRESS), given)));
            }
            if (length != NatPmpAnswer.MAPPING_BYTES) {
                Failing.with(Reason.MALFORMED, () -> NatPmpAnswer.parse(Arrays.copyOf(bytes(GRANTED), given)));
            }
        }
    }

    /** RT-4, RT-30. */
    @Test
    void otherVersionsAndOpcodesAreNoAnswers() {
        Failing.with(Reason.OTHER_VERSION, () -> NatPmpAnswer.parse(bytes("0280000100000002")));
        Failing.with(Reason.OTHER_VERSION, () -> NatPmpAnswer.parse(bytes("0080000100000002")));
        Failing.with(Reason.MALFORMED, () -> NatPmpAnswer.parse(bytes("0002000000000002115c115c00000007")));
        Failing.with(Reason.MALFORMED, () -> NatPmpAnswer.parse(bytes("0081000000000002115c115c00000007")));
        Failing.with(Reason.MALFORMED, () -> NatPmpAnswer.parse(bytes("0180000000000002115c115c00000007")));
    }

    /** RT-23: both forms, and nothing else. */
    @Test
    void anAnnouncementIsOfEitherProtocol() {
        assertEquals(
                Ipv4.parse("11.22.33.1"),
                Announcement.parse(bytes(ADDRESS)).external().orElseThrow());
        // What miniupnpd 2.3.1 sends to 224.0.0.1:5350 when it starts.
        byte[] pcp = Arrays.copyOf(new byte[] {2, (byte) 0x80}, 24);
        assertTrue(Announcement.parse(pcp).external().isEmpty());
        Failing.with(Reason.MALFORMED, () -> Announcement.parse(bytes(GRANTED)));
        Failing.with(Reason.MALFORMED, () -> Announcement.parse(bytes(PcpTest.GRANTED)));
        Failing.with(Reason.MALFORMED, () -> Announcement.parse(new byte[0]));
        Failing.with(Reason.MALFORMED, () -> Announcement.parse(bytes("008000030000000200000000")));
    }

    /** RT-23: the inequalities of RFC 6887, 8.5, at their limits. */
    @Test
    void anEpochThatDoesNotFitTheClockIsAnotherOne() {
        Instant at = Instant.EPOCH.plusSeconds(5000);
        Epoch first = new Epoch(at, 1000);
        assertFalse(first.isLostBy(new Epoch(at, 999)));
        assertTrue(first.isLostBy(new Epoch(at, 998)));
        Instant later = at.plusSeconds(1600);
        assertFalse(first.isLostBy(new Epoch(later, 1000 + 1498)));
        assertTrue(first.isLostBy(new Epoch(later, 1000 + 1497)));
        assertFalse(first.isLostBy(new Epoch(later, 1000 + 1708)));
        assertTrue(first.isLostBy(new Epoch(later, 1000 + 1709)));
    }
}
