package org.maunode.openpgp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * ASCII armor around keys (RFC 4880, 6.2). Written as every reader likes it: no headers, 64 columns, a checksum. Read
 * strictly: what a strict writer could not have written is refused, so no change of a byte goes by.
 */
final class Armor {
    private static final String BEGIN = "-----BEGIN PGP ";
    private static final String END = "-----END PGP ";
    private static final String DASHES = "-----";
    private static final String PUBLIC = "PUBLIC KEY BLOCK";
    private static final String PRIVATE = "PRIVATE KEY BLOCK";
    private static final int COLUMNS = 64;
    private static final int MAX_COLUMNS = 76;

    private Armor() {}

    /** Whether {@code data} is text rather than packets: every packet's first octet has its highest bit set. */
    static boolean isArmored(byte[] data) {
        return data.length > 0 && data[0] >= 0;
    }

    static String encode(byte[] packets) {
        String body = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(packets);
        return BEGIN + PUBLIC + DASHES + "\n\n" + body + "\n=" + checksum(packets) + "\n" + END + PUBLIC + DASHES
                + "\n";
    }

    /**
     * The packets of the first armored key in {@code data}, public or secret. Text before it is skipped.
     *
     * @throws OpenPgpException with {@code MALFORMED} if there is none, or it is damaged
     */
    static byte[] decode(byte[] data) {
        if (data.length > AlgorithmPolicy.MAX_KEY_FILE_BYTES) {
            throw OpenPgpException.overLimit(
                    "the armored key is larger than " + AlgorithmPolicy.MAX_KEY_FILE_BYTES + " bytes");
        }
        List<String> lines = lines(new String(data, StandardCharsets.ISO_8859_1));
        int begin = begin(lines);
        String kind = lines.get(begin).equals(BEGIN + PUBLIC + DASHES) ? PUBLIC : PRIVATE;
        int end = lines.subList(begin, lines.size()).indexOf(END + kind + DASHES);
        if (end < 0) {
            throw OpenPgpException.malformed("the armored key has no end line");
        }
        return body(lines.subList(begin + 1, begin + end));
    }

    private static List<String> lines(String text) {
        return Arrays.stream(text.split("\n", -1))
                .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
                .toList();
    }

    private static int begin(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals(BEGIN + PUBLIC + DASHES) || lines.get(i).equals(BEGIN + PRIVATE + DASHES)) {
                return i;
            }
        }
        throw OpenPgpException.malformed("there is no key: neither packets nor an armored key block");
    }

    private static byte[] body(List<String> lines) {
        int blank = lines.indexOf("");
        if (blank < 0 || !lines.subList(0, blank).stream().allMatch(line -> line.contains(": "))) {
            throw OpenPgpException.malformed("the armored key's headers do not end in an empty line");
        }
        List<String> body = new ArrayList<>(lines.subList(blank + 1, lines.size()));
        boolean hasChecksum = !body.isEmpty() && body.getLast().startsWith("=");
        String checksum = hasChecksum ? body.removeLast().substring(1) : "";
        byte[] packets = base64(body);
        if (hasChecksum && !checksum.equals(checksum(packets))) {
            throw OpenPgpException.malformed("the armored key's checksum does not hold");
        }
        return packets;
    }

    private static byte[] base64(List<String> lines) {
        if (lines.stream().anyMatch(line -> line.isEmpty() || line.length() > MAX_COLUMNS)) {
            throw OpenPgpException.malformed("the armored key has a line that is empty or too long");
        }
        String text = String.join("", lines);
        byte[] bytes = BouncyCastle.call(
                "the armored key is not in base64", () -> Base64.getDecoder().decode(text));
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw OpenPgpException.malformed("the armored key is not in canonical base64");
        }
        return bytes;
    }

    /** The first 24 bits of a cyclic redundancy check, in base64 (RFC 4880, 6.1). */
    private static String checksum(byte[] packets) {
        int crc = 0xb704ce;
        for (byte b : packets) {
            crc ^= (b & 0xff) << 16;
            for (int i = 0; i < 8; i++) {
                crc = (crc & 0x800000) == 0 ? crc << 1 : crc << 1 ^ 0x1864cfb;
            }
        }
        return Base64.getEncoder().encodeToString(new byte[] {(byte) (crc >> 16), (byte) (crc >> 8), (byte) crc});
    }
}
