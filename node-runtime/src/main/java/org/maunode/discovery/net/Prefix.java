package org.maunode.discovery.net;

/**
 * The leading bits that the addresses of a network share.
 *
 * @param address any address of the network, 4 or 16 bytes, owned by this prefix
 * @param bits how many are compared, from the highest
 */
record Prefix(byte[] address, int bits) {
    Prefix {
        if (bits < 0 || bits > address.length * Byte.SIZE) {
            throw new IllegalArgumentException("a prefix of " + bits + " bits in " + address.length + " bytes");
        }
    }

    /** Whether {@code other} begins with these bits; an address of the other family never does. */
    boolean covers(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (address[i] != other[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || (address[whole] ^ other[whole]) >> Byte.SIZE - rest == 0;
    }
}
