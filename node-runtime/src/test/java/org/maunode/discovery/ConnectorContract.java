package org.maunode.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

/** What a {@link Connector} promises, over any network. */
@Timeout(60)
abstract class ConnectorContract {
    /** A network in which somebody is somewhere. */
    interface World extends AutoCloseable {
        /** The peer that is sought. */
        Fingerprint peer();

        /** Where the peer is. */
        InetSocketAddress there();

        /** Where somebody else is. */
        InetSocketAddress elsewhere();

        /** Where nobody is. */
        InetSocketAddress nowhere();

        /** A connector that knows of these places, in this order. */
        Connector connector(InetSocketAddress... known);

        @Override
        void close();
    }

    private World world;

    abstract World world() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        world = world();
    }

    @AfterEach
    void end() {
        world.close();
    }

    private ExchangeException failure(InetSocketAddress... known) {
        Connector connector = world.connector(known);
        return assertThrows(ExchangeException.class, () -> connector.connect(world.peer()));
    }

    private void assertReached(InetSocketAddress... known) {
        try (RemotePeer remote = world.connector(known).connect(world.peer())) {
            assertEquals(world.peer(), remote.fingerprint());
        }
    }

    @Test
    void thePeerIsReachedWhereItIs() {
        assertReached(world.there());
    }

    @Test
    void thePeerIsReachedBehindALiarAndBehindNobody() {
        assertReached(world.elsewhere(), world.there());
        assertReached(world.nowhere(), world.there());
        assertReached(world.elsewhere(), world.nowhere(), world.there());
    }

    @Test
    void whereOnlyOthersAnswerNobodyIsTakenForThePeer() {
        ExchangeException failure = failure(world.elsewhere());
        assertEquals(Reason.WRONG_IDENTITY, failure.reason());
        assertTrue(failure.getMessage().contains(HostAndPort.format(world.elsewhere())), failure.getMessage());
    }

    @Test
    void whereNobodyAnswersWhatWasTriedIsNamed() {
        ExchangeException failure = failure(world.nowhere(), world.elsewhere());
        assertEquals(Reason.UNREACHABLE, failure.reason());
        assertTrue(failure.getMessage().contains(HostAndPort.format(world.elsewhere())), failure.getMessage());
        assertTrue(failure.getMessage().contains(HostAndPort.format(world.nowhere())), failure.getMessage());
    }

    @Test
    void whereNoAddressIsKnownThePeerIsNamed() {
        ExchangeException failure = failure();
        assertEquals(Reason.UNREACHABLE, failure.reason());
        assertEquals("no address of " + world.peer() + " is known (asked: given)", failure.getMessage());
    }

    @Test
    void whoIsInterruptedStaysInterrupted() {
        Thread.currentThread().interrupt();
        ExchangeException failure = failure(world.there());
        assertTrue(Thread.interrupted());
        assertEquals(Reason.UNREACHABLE, failure.reason());
    }
}
