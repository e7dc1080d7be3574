package org.maunode.device.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Kernel files in memory, read from a recorded trace, that can change, fail and vanish like real ones. */
public final class FakeKernelFiles implements KernelFiles {
    private static final Path TRACES = Path.of("src/test/resources/org/maunode/device/traces");

    private final Map<String, String> texts = new TreeMap<>();
    private final Set<String> directories = new HashSet<>(Set.of("/"));
    private final Set<String> refused = new HashSet<>();
    private final Map<String, Integer> passing = new HashMap<>();
    private BiConsumer<String, String> afterwards = (_, _) -> {};

    /** A machine without any kernel file. */
    public FakeKernelFiles() {}

    /** The tree that was recorded in {@code traces/<name>.trace}; the format is told in the traces' first lines. */
    public static FakeKernelFiles recorded(String name) {
        FakeKernelFiles files = new FakeKernelFiles();
        try {
            Files.readAllLines(TRACES.resolve(name + ".trace")).stream()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(files::record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private void record(String line) {
        // The kernel itself puts a colon in the name of its IIO devices.
        int device = line.indexOf("/iio:device");
        int colon = line.indexOf(':', device < 0 ? 0 : device + "/iio:".length());
        if (colon < 0) {
            directory(line);
            return;
        }
        String path = line.substring(0, colon);
        String text = line.substring(colon + 1);
        String more = text.endsWith("\\0") ? text.substring(0, text.length() - 2) + "\0" : text + "\n";
        write(path, texts.getOrDefault(path, "") + more);
    }

    public FakeKernelFiles write(String path, String text) {
        texts.put(path, text);
        return directory(parent(path));
    }

    public FakeKernelFiles directory(String path) {
        String name = path.endsWith("/") && path.length() > 1 ? path.substring(0, path.length() - 1) : path;
        if (directories.add(name)) {
            directory(parent(name));
        }
        return this;
    }

    /** From now on the path and all below it are gone. */
    public FakeKernelFiles remove(String path) {
        texts.keySet().removeIf(each -> each.equals(path) || each.startsWith(path + "/"));
        directories.removeIf(each -> each.equals(path) || each.startsWith(path + "/"));
        return this;
    }

    /** From now on the file is there, and reading it is an I/O error. */
    public FakeKernelFiles refuse(String path) {
        refused.add(path);
        return this;
    }

    /** The next {@code times} reads of the file are I/O errors. */
    public FakeKernelFiles refuse(String path, int times) {
        passing.put(path, times);
        return this;
    }

    /** From now on these files are there instead. */
    public FakeKernelFiles takeOver(FakeKernelFiles other) {
        remove("/sys").remove("/proc");
        texts.putAll(other.texts);
        directories.addAll(other.directories);
        return this;
    }

    private boolean isRefused(String path) {
        int left = passing.getOrDefault(path, 0);
        passing.put(path, Math.max(0, left - 1));
        return refused.contains(path) || left > 0;
    }

    @Override
    public String text(String path) {
        if (isRefused(path) || directories.contains(path)) {
            throw new WireException(WireException.Reason.UNREADABLE, path + " cannot be read: Input/output error");
        }
        if (!texts.containsKey(path)) {
            throw new WireException(WireException.Reason.VANISHED, path + " is not there");
        }
        if (texts.get(path).length() > MAX_BYTES) {
            throw new WireException(WireException.Reason.OVERSIZED, path + " is too long");
        }
        return new String(texts.get(path).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void set(String path, String text) {
        if (!texts.containsKey(path)) {
            throw new WireException(WireException.Reason.VANISHED, path + " is not there");
        }
        if (refused.contains(path)) {
            throw new WireException(WireException.Reason.UNREADABLE, path + " does not take " + text);
        }
        texts.put(path, text);
        afterwards.accept(path, text);
    }

    /** What the kernel does when an attribute was written: {@code export} makes a directory. */
    public FakeKernelFiles afterSetting(BiConsumer<String, String> reaction) {
        afterwards = reaction;
        return this;
    }

    @Override
    public List<String> children(String path) {
        String prefix = path.endsWith("/") ? path : path + "/";
        Set<String> all = new HashSet<>(texts.keySet());
        all.addAll(directories);
        List<String> names = all.stream()
                .filter(each -> each.startsWith(prefix) && each.length() > prefix.length())
                .map(each -> each.substring(prefix.length()).split("/")[0])
                .distinct()
                .sorted(NaturalOrder.INSTANCE)
                .toList();
        if (names.size() > MAX_CHILDREN) {
            throw new WireException(WireException.Reason.OVERSIZED, path + " has too many entries");
        }
        return names;
    }

    @Override
    public boolean exists(String path) {
        return texts.containsKey(path) || directories.contains(path) || refused.contains(path);
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
