package org.maunode.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.maunode.store.ContentStore;

final class WritePolicyTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void theDefaultPromisesTheSameHoweverFastAChannelIs() {
        WritePolicy policy = WritePolicy.DEFAULT;
        long promise = policy.bytesAnHour(Duration.ofSeconds(1));
        assertEquals(60 * WritePolicy.READING + 4 * WritePolicy.BATCH, promise);
        assertEquals(promise, policy.bytesAnHour(Duration.ofMillis(10)));
        assertTrue(policy.bytesAnHour(Duration.ofMinutes(10)) < promise / 4);
    }

    @Test
    void limitsAreTakenAndOneBeyondThemIsNot() {
        WritePolicy least = new WritePolicy(Duration.ZERO, Duration.ofNanos(1), 1);
        WritePolicy most = new WritePolicy(ContentStore.SLOWEST, HOUR.multipliedBy(9), WritePolicy.MOST_BATCHES);
        assertEquals(least, least.every(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> most.every(ContentStore.SLOWEST.plusNanos(1)));
        assertThrows(IllegalArgumentException.class, () -> most.every(Duration.ofNanos(-1)));
        assertThrows(IllegalArgumentException.class, () -> new WritePolicy(HOUR.dividedBy(60), Duration.ZERO, 1));
        assertThrows(IllegalArgumentException.class, () -> new WritePolicy(HOUR.dividedBy(60), HOUR, 0));
        int tooMany = WritePolicy.MOST_BATCHES + 1;
        assertThrows(IllegalArgumentException.class, () -> new WritePolicy(HOUR.dividedBy(60), HOUR, tooMany));
    }
}
