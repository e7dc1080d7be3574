package org.maunode.ble.session;

/**
 * What the greeting settled.
 *
 * @param incoming the check of what the peer sends
 * @param outgoing the check of what this side sends
 * @param frameSize bytes of the longest frame this side sends, its check included
 * @param peerWindow frames of one stream that the peer holds
 */
record Agreement(Check incoming, Check outgoing, int frameSize, int peerWindow) {
    /** Before the greeting: nothing is settled, and nothing may be sent but greetings. */
    static final Agreement NONE = new Agreement(Check.GREETING, Check.GREETING, Limits.SMALLEST_FRAME, 1);

    /** Frames of both streams that this side may have on their way. */
    int framesInFlight() {
        return Limits.framesInFlight(frameSize);
    }

    static Agreement ofCentral(SessionOptions options, Welcome welcome) {
        return new Agreement(
                Check.of(welcome.centralId(), welcome.peripheralId(), Side.PERIPHERAL),
                Check.of(welcome.centralId(), welcome.peripheralId(), Side.CENTRAL),
                Math.min(options.longestSent(), welcome.largestFrame()),
                welcome.window());
    }

    static Agreement ofPeripheral(SessionOptions options, Hello hello, int peripheralId) {
        return new Agreement(
                Check.of(hello.centralId(), peripheralId, Side.CENTRAL),
                Check.of(hello.centralId(), peripheralId, Side.PERIPHERAL),
                Math.min(options.longestNotified(), hello.largestFrame()),
                hello.window());
    }
}
