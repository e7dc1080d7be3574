package org.maunode.tools.browse;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.maunode.identity.Fingerprint;
import org.maunode.store.ContentStore;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.FileWalk;
import org.maunode.tools.output.Output;
import org.maunode.tools.output.Progress;
import org.maunode.tools.output.Rows;

/** Prints posts of several authors in one order. */
public final class Browser {
    private final ContentStore store;
    private final PostReader reader;
    private final PostPrinter printer;
    private final Output output;

    public Browser(ContentStore store, PostReader reader, PostPrinter printer, Output output) {
        this.store = Objects.requireNonNull(store);
        this.reader = Objects.requireNonNull(reader);
        this.printer = Objects.requireNonNull(printer);
        this.output = Objects.requireNonNull(output);
    }

    /** Where files come from. */
    @FunctionalInterface
    public interface Source {
        void forEach(Consumer<StoredFile> listener);
    }

    /** All files of {@code authors}. */
    public Source files(List<Fingerprint> authors) {
        return listener -> authors.forEach(author -> FileWalk.all(store, author).forEachRemaining(listener));
    }

    /** The newest posts that are wanted, oldest first. @param limit how many; 0 for all */
    public List<StoredFile> newest(Source source, PostFilter filter, int limit, Progress progress) {
        Newest newest = new Newest(limit);
        source.forEach(file -> {
            progress.update(() -> "reading " + file.name());
            Post post = reader.read(file);
            if (filter.wants(post)) {
                newest.add(post);
            }
        });
        return newest.files();
    }

    /** Prints a post that is wanted by itself: a JSON document a line, so that who waits for the next has a whole one. */
    public void printIfWanted(StoredFile file, PostFilter filter) {
        Post post = reader.read(file);
        if (filter.wants(post)) {
            printAlone(post);
        }
    }

    /** Prints posts as one document. */
    public void print(List<StoredFile> files) {
        if (output.isJson()) {
            try (Rows rows = output.rows()) {
                files.forEach(file -> rows.add(printer.json(reader.read(file))));
            }
        } else {
            files.forEach(file -> printAlone(reader.read(file)));
        }
    }

    private void printAlone(Post post) {
        if (output.isJson()) {
            output.jsonLine(printer.json(post));
        } else {
            printer.lines(post).forEach(output::line);
        }
    }
}
