package org.maunode.openpgp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.maunode.openpgp.Forge.TIME;
import static org.maunode.openpgp.SealAndOpenTest.from;
import static org.maunode.openpgp.SealAndOpenTest.written;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One account, one sealer and one opener serve many threads. */
class ConcurrencyTest {
    @Test
    void manyThreadsSealAndOpenAtOnce() throws Exception {
        SecretIdentity account = SecretIdentity.generate("Ann", "", TIME);
        Sealer sealer = new Sealer(account);
        Opener opener = new Opener(account);
        Callable<Void> work = () -> {
            for (int i = 0; i < 100; i++) {
                byte[] content = ("content " + i).repeat(i).getBytes(StandardCharsets.UTF_8);
                byte[] message = written(sealer.seal(from(content), List.of(), TIME));
                assertArrayEquals(content, opener.open(message, account.publicIdentity(), 1 << 16));
            }
            return null;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Void>> results = new ArrayList<>(threads.invokeAll(List.of(work, work, work, work)));
            for (Future<Void> result : results) {
                result.get();
            }
        }
    }
}
