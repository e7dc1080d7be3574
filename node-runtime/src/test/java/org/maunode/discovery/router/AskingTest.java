package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.router.RouterException.Reason;
import org.maunode.discovery.router.Wires.Received;

/** RT-30: who answers in the router's place is not heard. */
class AskingTest {
    private static final byte[] QUESTION = {0, 0};

    private final FakeWires wires = new FakeWires();

    private byte[] ask() {
        return new Asking(wires, FakeWires.GATEWAY).ask(QUESTION, AskingTest::read);
    }

    private static Optional<byte[]> read(byte[] datagram) {
        return switch (NatPmpAnswer.parse(datagram)) {
            case NatPmpAnswer.Address _ -> Optional.of(datagram);
            case NatPmpAnswer.Mapping _ -> Optional.empty();
        };
    }

    private void stray(String from, int port, byte[] bytes) {
        wires.strays.add(new Received(new InetSocketAddress(Ipv4.parse(from), port), bytes));
    }

    @Test
    void onlyTheRoutersOwnPortIsHeard() {
        byte[] lie = wires.router.address();
        lie[11] = 99;
        stray("192.168.1.9", Asking.PORT, lie);
        stray("192.168.1.1", Asking.PORT + 1, lie);
        assertEquals(1, ask()[11]);
    }

    @Test
    void malformedAnswersAndThoseToOtherQuestionsDoNotEndTheWait() {
        stray("192.168.1.1", Asking.PORT, new byte[] {1, 2, 3});
        stray("192.168.1.1", Asking.PORT, new byte[2049]);
        stray(
                "192.168.1.1",
                Asking.PORT,
                wires.router
                        .port5351(new NatPmpRequest.Mapping(1, 1, Duration.ZERO).bytes())
                        .orElseThrow());
        assertEquals(1, ask()[11]);
    }

    @Test
    void thirtyTwoStraysAreReadForOneQuestion() {
        for (int i = 0; i < Asking.MAX_STRAYS; i++) {
            stray("192.168.1.9", Asking.PORT, QUESTION);
        }
        assertEquals(1, ask()[11]);
        stray("192.168.1.9", Asking.PORT, QUESTION);
        Failing.with(Reason.OVER_LIMIT, this::ask);
    }

    /** RT-3. */
    @Test
    void aLostQuestionIsAskedAgainTwice() {
        wires.losses = 2;
        ask();
        assertEquals(Duration.ofMillis(750), wires.elapsed());
        wires.losses = 3;
        Failing.with(Reason.SILENT, this::ask);
        assertEquals(Duration.ofMillis(2500), wires.elapsed());
    }
}
