package org.maunode.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The real disk, which remembers what was opened for reading. */
final class CountingDisk extends Disk {
    private final List<Path> read = new CopyOnWriteArrayList<>();

    @Override
    InputStream read(Path file) throws IOException {
        read.add(file);
        return super.read(file);
    }

    List<Path> takeRead() {
        List<Path> taken = List.copyOf(read);
        read.clear();
        return taken;
    }
}
