package org.maunode.discovery.mdns;

/** The numbers of record types that have a meaning here (RFC 1035, 3596, 2782, 4034). */
final class RecordType {
    static final int A = 1;
    static final int PTR = 12;
    static final int TXT = 16;
    static final int AAAA = 28;
    static final int SRV = 33;
    static final int NSEC = 47;
    static final int ANY = 255;

    private RecordType() {}
}
