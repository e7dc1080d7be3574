package org.maunode.ble.dbus;

/** What a message may be, and how much may wait. The specification's limits are wider where a board has no use for them. */
final class Limits {
    /** Bytes of one message; the specification allows 128 MiB. BlueZ's longest lists every object that it knows. */
    static final int MESSAGE = 1 << 20;

    /** Bytes of one array; the specification allows 64 MiB, a message bounds it sooner. */
    static final int ARRAY = MESSAGE;

    /** Values in one message, containers counted as well: what a message may cost in memory beside its bytes. */
    static final int VALUES = 1 << 17;

    /** Arrays within arrays, and apart from them structs within structs, in one signature. */
    static final int NESTING = 32;

    /** Containers within containers in one message, variants as well. */
    static final int DEPTH = 64;

    /** Bytes of a signature. */
    static final int SIGNATURE = 255;

    /** Bytes of a bus name, interface, member or error name. */
    static final int NAME = 255;

    /** Calls on the bus whose answers have not come; it refuses more than 128 of one connection. */
    static final int OUTSTANDING = 64;

    /** Calls that wait for their turn. */
    static final int WAITING = 1024;

    /** Bytes that wait to be written. */
    static final int UNWRITTEN = 2 << 20;

    /** Bytes of one line of the greeting; the daemon's are below 100. */
    static final int GREETING_LINE = 1024;

    private Limits() {}
}
