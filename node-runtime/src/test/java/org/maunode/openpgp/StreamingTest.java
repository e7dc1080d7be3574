package org.maunode.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message sixteen times as large as the heap is sealed, verified and opened, in a JVM of its own. */
class StreamingTest {
    private static final int HEAP_MIB = 16;

    @TempDir
    Path directory;

    @Test
    void needsNoMoreHeapForALargeFile() throws Exception {
        Process probe = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP_MIB + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(),
                        StreamingProbe.class.getName(),
                        directory.resolve("large.pgp").toString(),
                        String.valueOf(16 * HEAP_MIB))
                .redirectErrorStream(true)
                .start();
        String said;
        try (InputStream out = probe.getInputStream()) {
            said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertEquals(0, probe.waitFor(), said);
        assertEquals("same\n", said);
    }

    /** The third jar of the library is not for this module to read; the library itself needs it. */
    private static String classPath() throws ClassNotFoundException {
        Class<?> util = Class.forName("org.bouncycastle.asn1.gnu.GNUObjectIdentifiers");
        return Stream.of(StreamingProbe.class, Sealer.class, PGPPublicKey.class, Digest.class, util)
                .map(StreamingTest::home)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
