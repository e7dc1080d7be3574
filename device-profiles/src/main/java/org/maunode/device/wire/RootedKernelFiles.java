package org.maunode.device.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.maunode.device.wire.WireException.Reason;

/** Kernel files below a directory of the file system. */
record RootedKernelFiles(Path root) implements KernelFiles {

    @Override
    public String text(String path) {
        try (InputStream in = Files.newInputStream(at(path))) {
            // The kernel reports a size of 0 or of a page whatever it has: only reading tells.
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new WireException(Reason.OVERSIZED, path + " is longer than " + MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    @Override
    public List<String> children(String path) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(at(path))) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
                requireFew(path, names);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw failed(path, e.getCause());
        } catch (IOException e) {
            throw failed(path, e);
        }
        names.sort(NaturalOrder.INSTANCE);
        return List.copyOf(names);
    }

    @Override
    public void set(String path, String text) {
        try {
            Files.write(at(path), text.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw notTaken(path, text, e);
        }
    }

    private static WireException notTaken(String path, String text, IOException e) {
        String what = path + " does not take " + text + ": ";
        return switch (e) {
            case NoSuchFileException gone -> new WireException(Reason.VANISHED, path + " is not there", e);
            case AccessDeniedException closed -> new WireException(Reason.UNREADABLE, what + "permission denied", e);
            default -> new WireException(Reason.UNREADABLE, what + e.getMessage(), e);
        };
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(at(path));
    }

    private static void requireFew(String path, List<String> names) {
        if (names.size() > MAX_CHILDREN) {
            throw new WireException(Reason.OVERSIZED, path + " has more than " + MAX_CHILDREN + " entries");
        }
    }

    private Path at(String path) {
        Path resolved = root.resolve(path.substring(1)).normalize();
        if (path.charAt(0) != '/' || !resolved.startsWith(root.normalize())) {
            throw new IllegalArgumentException("not an absolute kernel path: " + path);
        }
        return resolved;
    }

    private static WireException failed(String path, IOException e) {
        return switch (e) {
            case NoSuchFileException gone -> new WireException(Reason.VANISHED, path + " is not there", e);
            case AccessDeniedException closed ->
                new WireException(Reason.UNREADABLE, path + " cannot be read: permission denied", e);
            default -> new WireException(Reason.UNREADABLE, path + " cannot be read: " + e.getMessage(), e);
        };
    }
}
