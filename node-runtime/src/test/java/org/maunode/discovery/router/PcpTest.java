package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.router.RouterException.Reason;

/** PCP's messages; the answers are miniupnpd's. */
class PcpTest {
    /** miniupnpd 2.3.1 to a request of 192.168.77.2 for TCP port 4444, 100 s, with a nonce of twelve {@code A}. */
    static final String GRANTED =
            "02810000000000640000000200000000000000000000000041414141414141414141414106000000115c115c"
                    + "00000000000000000000ffff0b162101";
    /** The same router to the wish of another nonce to end that mapping. */
    static final String NOT_AUTHORIZED =
            "02810002000000000000000200000000000000000000000041414141414141414141414106000000"
                    + "115c000000000000000000000000ffff0b162101";

    private static final MappingNonce NONCE = MappingNonce.of("secret".getBytes(StandardCharsets.UTF_8));

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] changed(String hex, int at, int value) {
        byte[] bytes = bytes(hex);
        bytes[at] = (byte) value;
        return bytes;
    }

    @Test
    void aRequestIsLaidOutAsInTheRfc() {
        byte[] request = new PcpRequest(Ipv4.parse("192.168.77.2"), NONCE, 4444, 4445, Duration.ofHours(1)).bytes();
        String nonce = HexFormat.of().formatHex(NONCE.bytes());
        assertEquals(
                "02010000" + "00000e10" + "00000000000000000000ffffc0a84d02" + nonce + "06000000" + "115c115d"
                        + "00000000000000000000ffff00000000",
                HexFormat.of().formatHex(request));
    }

    @Test
    void miniupnpdsGrantIsRead() {
        PcpAnswer.Mapping mapping = (PcpAnswer.Mapping) PcpAnswer.parse(bytes(GRANTED));
        assertEquals(0, mapping.result());
        assertEquals(2, mapping.epoch());
        assertEquals(Duration.ofSeconds(100), mapping.lease());
        assertEquals(4444, mapping.port());
        assertEquals(4444, mapping.externalPort());
        assertEquals(Ipv4.parse("11.22.33.1"), mapping.external());
        assertArrayEquals("AAAAAAAAAAAA".getBytes(StandardCharsets.US_ASCII), mapping.nonce());
    }

    @Test
    void miniupnpdsRefusalIsRead() {
        assertEquals(2, ((PcpAnswer.Mapping) PcpAnswer.parse(bytes(NOT_AUTHORIZED))).result());
    }

    /** RT-30. */
    @Test
    void anAnswerIsForTheNonceThePortAndTheProtocolAskedFor() {
        PcpRequest request = new PcpRequest(FakeRouter.CLIENT, NONCE, 4444, 4444, Duration.ofHours(1));
        byte[] answer = bytes(GRANTED);
        System.arraycopy(NONCE.bytes(), 0, answer, 24, MappingNonce.BYTES);
        assertTrue(((PcpAnswer.Mapping) PcpAnswer.parse(answer)).answers(request));
        for (int at : new int[] {24, 35, 36, 40, 41}) {
            byte[] other = answer.clone();
            other[at] ^= 1;
            assertFalse(((PcpAnswer.Mapping) PcpAnswer.parse(other)).answers(request), "byte " + at);
        }
    }

    /** RT-31. */
    @Test
    void messagesAreOf24To1100BytesAndAMultipleOfFour() {
        byte[] announcement = Arrays.copyOf(new byte[] {2, (byte) 0x80}, 24);
        assertEquals(new PcpAnswer.Announcement(0), PcpAnswer.parse(announcement));
        assertEquals(new PcpAnswer.Announcement(0), PcpAnswer.parse(Arrays.copyOf(announcement, 1100)));
        for (int length : new int[] {0, 1, 20, 23, 25, 1098, 1101, 1104, 2048}) {
            Failing.with(Reason.MALFORMED, () -> PcpAnswer.parse(Arrays.copyOf(announcement, length)));
        }
    }

    /** RT-31. */
    @Test
    void mappingsHaveSixtyBytesAtLeast() {
        PcpAnswer.parse(Arrays.copyOf(bytes(GRANTED), 64));
        Failing.with(Reason.MALFORMED, () -> PcpAnswer.parse(Arrays.copyOf(bytes(GRANTED), 56)));
    }

    /** RT-4: the 8 bytes of RFC 6887, 9 and appendix A, and what a newer server of PCP would say. */
    @Test
    void whoSpeaksAnotherVersionSaysSo() {
        Failing.with(Reason.OTHER_VERSION, () -> PcpAnswer.parse(bytes("0081000100000007")));
        Failing.with(Reason.OTHER_VERSION, () -> PcpAnswer.parse(bytes("0080000500000007")));
        Failing.with(
                Reason.OTHER_VERSION,
                () -> PcpAnswer.parse(bytes("0281000100000000000000020000000000000000" + "00000000")));
        Failing.with(Reason.MALFORMED, () -> PcpAnswer.parse(bytes("0081000200000007")));
        Failing.with(Reason.MALFORMED, () -> PcpAnswer.parse(bytes("00010001")));
    }

    /** RT-30: requests, other opcodes, other versions. */
    @Test
    void whatIsNoAnswerIsMalformed() {
        Failing.with(Reason.MALFORMED, () -> PcpAnswer.parse(changed(GRANTED, 1, 0x01)));
        Failing.with(Reason.MALFORMED, () -> PcpAnswer.parse(changed(GRANTED, 1, 0x82)));
        Failing.with(Reason.MALFORMED, () -> PcpAnswer.parse(changed(GRANTED, 0, 3)));
        Failing.with(Reason.MALFORMED, () -> PcpAnswer.parse(changed(GRANTED, 54, 0)));
    }

    @Test
    void numbersAreReadWithoutSign() {
        byte[] answer = bytes(GRANTED);
        ByteBuffer.wrap(answer).putInt(4, -1).putInt(8, -1).putShort(42, (short) -1);
        PcpAnswer.Mapping mapping = (PcpAnswer.Mapping) PcpAnswer.parse(answer);
        assertEquals(Duration.ofSeconds(0xFFFF_FFFFL), mapping.lease());
        assertEquals(0xFFFF_FFFFL, mapping.epoch());
        assertEquals(0xFFFF, mapping.externalPort());
    }

    /** RT-14. */
    @Test
    void theNonceIsTheSecretsAndDoesNotGiveItAway() {
        byte[] secret = "secret".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(NONCE.bytes(), MappingNonce.of(secret).bytes());
        assertFalse(Arrays.equals(
                NONCE.bytes(),
                MappingNonce.of("Secret".getBytes(StandardCharsets.UTF_8)).bytes()));
        assertEquals(12, NONCE.bytes().length);
        assertFalse(new String(NONCE.bytes(), StandardCharsets.ISO_8859_1).contains("secr"));
    }
}
