package org.maunode.openpgp;

import java.nio.ByteBuffer;

/** Announces a signature before the content that it covers (RFC 4880, 5.4). */
record OnePass(int type, int hash, int keyAlgorithm, long keyId) {
    private static final int VERSION = 3;

    static OnePass parse(byte[] body) {
        Octets octets = new Octets("a one-pass signature", body);
        int version = octets.u8();
        if (version != VERSION) {
            throw OpenPgpException.unsupported("the one-pass signature has version " + version);
        }
        OnePass onePass = new OnePass(octets.u8(), octets.u8(), octets.u8(), octets.u64());
        if (octets.u8() != 1) {
            throw OpenPgpException.unsupported("the message has more than one signature");
        }
        octets.end();
        return onePass;
    }

    byte[] encoded() {
        return ByteBuffer.allocate(13)
                .put(new byte[] {VERSION, (byte) type, (byte) hash, (byte) keyAlgorithm})
                .putLong(keyId)
                .put((byte) 1)
                .array();
    }

    /** @throws OpenPgpException with {@code TAMPERED} if {@code signature} is not the one announced */
    void requireMatch(Signature signature) {
        if (signature.type() != type || signature.hash() != hash || signature.keyAlgorithm() != keyAlgorithm) {
            throw OpenPgpException.tampered("the signature is not the one that was announced");
        }
    }
}
