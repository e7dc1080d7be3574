package org.maunode.ble.tinyb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tinyb.BluetoothManager;

/**
 * TinyB's native libraries, loaded once a process. They lie in the jar; a library is loaded from a file, so they are written to
 * a directory that only this user may enter, and deleted as soon as they are loaded.
 */
final class Natives {
    /** The second needs the first, and finds it because it is loaded already. */
    private static final List<String> LIBRARIES = List.of("libtinyb.so", "libjavatinyb.so");

    private static final Optional<String> MISSING = load(System.getProperty("os.arch", "an unknown processor"));

    private Natives() {}

    /** Why they are not there; empty if they are. Loads them when called first. */
    static Optional<String> missing() {
        return MISSING;
    }

    private static Optional<String> load(String machine) {
        Optional<String> folder = folder(machine);
        if (folder.isEmpty()) {
            return Optional.of("it has no library for " + machine);
        }
        try {
            loadFrom(folder.get());
            return Optional.empty();
        } catch (IOException | LinkageError unusable) {
            return Optional.of(
                    String.valueOf(unusable.getMessage()).lines().findFirst().orElse("it cannot be loaded"));
        }
    }

    /** Where the jar keeps the libraries for what the JVM calls this machine. */
    static Optional<String> folder(String machine) {
        return switch (machine.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> Optional.of("/native/linux/x86_64/");
            case "x86", "i386", "i486", "i586", "i686" -> Optional.of("/native/linux/x86_32/");
            case "arm" -> Optional.of("/native/arm/armv6/");
            default -> Optional.empty();
        };
    }

    private static void loadFrom(String folder) throws IOException {
        Path place = Files.createTempDirectory(
                "mau-tinyb-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            for (String library : LIBRARIES) {
                load(folder + library, place.resolve(library));
            }
        } finally {
            delete(place);
        }
    }

    @SuppressWarnings("restricted")
    private static void load(String resource, Path file) throws IOException {
        try (InputStream content = BluetoothManager.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new IOException("its jar has no " + resource);
            }
            Files.copy(content, file);
        }
        try {
            System.load(file.toString());
        } catch (UnsatisfiedLinkError refused) {
            String why = refused.getMessage().replace(file + ": ", "");
            throw new IOException(file.getFileName() + " does not load: " + why, refused);
        }
    }

    private static void delete(Path place) throws IOException {
        for (String library : LIBRARIES) {
            Files.deleteIfExists(place.resolve(library));
        }
        Files.delete(place);
    }
}
