package org.maunode.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A disk whose power fails at a chosen step, before or after it was done. What was not forced to the medium by then is
 * lost: half of the bytes of files, and second names.
 */
final class FaultyDisk extends Disk {
    /** The power went; nothing in the program may catch it. */
    static final class PowerLoss extends Error {
        private static final long serialVersionUID = 1;
    }

    private final int fatalStep;
    private final boolean done;
    private final Map<FileChannel, Path> unforced = new ConcurrentHashMap<>();
    private final Set<Path> links = new HashSet<>();
    private int step;
    private boolean dead;

    FaultyDisk(int fatalStep, boolean done) {
        this.fatalStep = fatalStep;
        this.done = done;
    }

    /** The steps that were made. */
    int steps() {
        return step;
    }

    /** A step that somebody else makes under the same power. */
    void outside(Runnable action) throws IOException {
        act(action::run);
    }

    private <T> T step(Failures.Task<T> task) throws IOException {
        if (dead) {
            throw new PowerLoss();
        }
        boolean fatal = ++step == fatalStep;
        if (fatal && !done) {
            die();
        }
        T result = task.run();
        if (fatal) {
            die();
        }
        return result;
    }

    private void act(Failures.Action action) throws IOException {
        step(() -> {
            action.run();
            return dead;
        });
    }

    private void die() throws IOException {
        dead = true;
        for (Path file : unforced.values()) {
            if (Files.exists(file)) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(channel.size() / 2);
                }
            }
        }
        for (Path link : links) {
            Files.deleteIfExists(link);
        }
        throw new PowerLoss();
    }

    @Override
    void makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            act(() -> super.makeDirectory(directory));
        }
    }

    @Override
    FileChannel create(Path file) throws IOException {
        return step(() -> {
            FileChannel channel = super.create(file);
            unforced.put(channel, file);
            return channel;
        });
    }

    @Override
    void force(FileChannel file) throws IOException {
        act(() -> {
            super.force(file);
            unforced.remove(file);
        });
    }

    @Override
    void forceDirectory(Path directory) throws IOException {
        act(() -> {
            super.forceDirectory(directory);
            links.removeIf(link -> link.getParent().equals(directory));
        });
    }

    @Override
    void link(Path file, Path second) throws IOException {
        act(() -> {
            super.link(file, second);
            links.add(second);
        });
    }

    @Override
    void move(Path from, Path to) throws IOException {
        act(() -> {
            super.move(from, to);
            unforced.replaceAll((channel, path) -> path.equals(from) ? to : path);
        });
    }

    @Override
    void setModified(Path file, Instant time) throws IOException {
        act(() -> super.setModified(file, time));
    }

    @Override
    boolean delete(Path file) throws IOException {
        return step(() -> super.delete(file));
    }
}
