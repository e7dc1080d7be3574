package org.maunode.device.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.maunode.device.wire.KernelFiles;
import org.maunode.device.wire.WireException;

/** Kernel files whose text is made up when they are read; for any thread, because a write can add files. */
final class SimulatedFiles implements KernelFiles {
    private final Map<String, Supplier<String>> texts = new TreeMap<>();
    private final Map<String, Consumer<String>> attributes = new HashMap<>();

    /** A file that says what {@code text} gives, ended by a line feed. */
    synchronized SimulatedFiles says(String path, Supplier<String> text) {
        texts.put(path, () -> text.get() + "\n");
        return this;
    }

    /** A file that can be written: {@code taken} gets what was. */
    synchronized SimulatedFiles takes(String path, Supplier<String> text, Consumer<String> taken) {
        attributes.put(path, taken);
        return says(path, text);
    }

    @Override
    public synchronized String text(String path) {
        Supplier<String> text = texts.get(path);
        if (text == null) {
            throw new WireException(WireException.Reason.VANISHED, path + " is not there");
        }
        return text.get();
    }

    @Override
    public synchronized List<String> children(String path) {
        String prefix = path.endsWith("/") ? path : path + "/";
        TreeSet<String> names = new TreeSet<>();
        texts.keySet().stream()
                .filter(each -> each.startsWith(prefix))
                .forEach(each -> names.add(each.substring(prefix.length()).split("/")[0]));
        return List.copyOf(names);
    }

    @Override
    public synchronized void set(String path, String text) {
        Consumer<String> taken = attributes.get(path);
        if (taken == null) {
            throw new WireException(WireException.Reason.VANISHED, path + " is not there");
        }
        taken.accept(text);
    }

    @Override
    public synchronized boolean exists(String path) {
        return texts.containsKey(path) || !children(path).isEmpty();
    }
}
