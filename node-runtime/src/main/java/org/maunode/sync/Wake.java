package org.maunode.sync;

/** Why a {@link Keeper} looks at its peer again. */
enum Wake {
    /** It is time to dial, or somebody asked for it. */
    DIAL,
    /** Somebody says that the peer is there. */
    SEEN,
    /** The network is another: connections may be dead, and those who were away may be near. */
    NETWORK,
    /** Something that was waited for is there: an answer, or a connection. */
    ANSWERED,
    /** Those who may relay have changed. */
    RELAYS,
    /** There may be a better way to the peer than the slow one that is in use. */
    MOVE,
    /** Everything is to be asked for again from where it was left. */
    SYNC,
    /** The wait for news is to begin again. */
    WAIT,
    /** There may be something to leave at the peer. */
    PUSH,
    /** It is over. */
    STOP
}
