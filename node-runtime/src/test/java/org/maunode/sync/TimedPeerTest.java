package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.SilentPeer;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;

/** KC-15: peers that send a byte now and then. */
class TimedPeerTest {
    private static final Fingerprint PEER = Fingerprint.of("00112233445566778899aabbccddeeff00112233");
    private static final VersionHash SUM = VersionHash.of(new byte[VersionHash.LENGTH]);

    private final ManualScheduler time = new ManualScheduler();
    private final Slow slow = new Slow();
    private final TimedPeer peer = new TimedPeer(slow, time);

    /** Takes its time: each page and each kilobyte. */
    private final class Slow extends SilentPeer {
        private Duration perPage = Duration.ZERO;
        private Duration perKilobyte = Duration.ZERO;
        private boolean closed;

        @Override
        public Fingerprint fingerprint() {
            return PEER;
        }

        private void pass(Duration duration) {
            time.advance(duration);
            if (closed) {
                throw new ExchangeException(Reason.UNREACHABLE, "the connection is closed");
            }
        }

        @Override
        public Page list(Fingerprint owner, From from) {
            pass(perPage);
            return new Page(List.of(), List.of(), new Behind.Nothing());
        }

        @Override
        public void fetch(Fingerprint owner, FileName name, long offset, VersionHash expected, Receiver receiver)
                throws IOException {
            try (OutputStream out = receiver.begin(0, 100 << 10)) {
                for (int i = 0; i < 100; i++) {
                    pass(perKilobyte);
                    out.write(new byte[1 << 10]);
                }
            }
        }

        @Override
        public void fetchVersion(Fingerprint owner, FileName name, VersionHash version, Receiver receiver)
                throws IOException {
            fetch(owner, name, 0, version, receiver);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private long fetched() throws IOException {
        long[] count = {0};
        LongConsumer add = more -> count[0] += more;
        peer.fetch(PEER, FileName.published("a"), 0, SUM, (_, _) -> new OutputStream() {
            @Override
            public void write(int one) {
                add.accept(1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                add.accept(length);
            }
        });
        return count[0];
    }

    private void list() {
        peer.list(PEER, new RemotePeer.From.Since(Instant.MIN));
    }

    @Test
    void aPageMayTakeAsLongAsTheLimitAndNoLonger() {
        slow.perPage = TimedPeer.PAGE.minusNanos(1);
        list();
        assertFalse(peer.wasTooSlow());
        slow.perPage = TimedPeer.PAGE;
        assertThrows(ExchangeException.class, this::list);
        assertTrue(peer.wasTooSlow());
        assertEquals(0, time.alarms());
    }

    @Test
    void aTransferMayTakeAsLongAsItLikesIfItGoesOn() throws IOException {
        slow.perKilobyte = Duration.ofMillis(1800);
        assertEquals(100 << 10, fetched());
        assertFalse(peer.wasTooSlow());
        assertEquals(0, time.alarms());
    }

    @Test
    void aTransferThatOnlyTricklesIsCut() {
        slow.perKilobyte = Duration.ofSeconds(2);
        assertThrows(ExchangeException.class, this::fetched);
        assertTrue(peer.wasTooSlow());
        assertEquals(0, time.alarms());
    }
}
