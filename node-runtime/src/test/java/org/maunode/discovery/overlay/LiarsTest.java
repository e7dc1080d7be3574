package org.maunode.discovery.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

class LiarsTest {
    private static final Fingerprint VICTIM = Fingerprint.of("caeb72ddee0703e1b0d0334f88afa037955d532a");

    private final LogLines log = new LogLines();
    private final Liars liars = new Liars();

    @AfterEach
    void close() {
        log.close();
    }

    private void met(String address, long now) {
        liars.met(new Contact(VICTIM, HostAndPort.parse(address)), "x answers at " + address, now);
    }

    /** KW-22. */
    @Test
    void eachHostIsToldOnceWhateverItsPorts() {
        met("10.0.0.1:1", 0);
        met("10.0.0.1:1", 1);
        met("10.0.0.1:2", 2);
        met("10.0.0.2:1", 3);
        assertEquals(
                List.of(
                        "INFO a false address: x answers at 10.0.0.1:1",
                        "INFO a false address: x answers at 10.0.0.2:1"),
                log.lines());
    }

    /** KW-22. */
    @Test
    void soManyAreToldInAnHourAndNoMore() {
        for (int i = 0; i <= Liars.MAX_TOLD; i++) {
            met("10.0.1." + i + ":1", i);
        }
        assertEquals(Liars.MAX_TOLD, log.lines().size());
        met("10.0.2.1:1", Liars.AN_HOUR - 1);
        assertEquals(Liars.MAX_TOLD, log.lines().size());
        met("10.0.2.1:1", Liars.AN_HOUR);
        assertEquals(Liars.MAX_TOLD + 1, log.lines().size());
    }
}
