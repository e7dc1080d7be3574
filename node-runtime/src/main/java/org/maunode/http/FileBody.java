package org.maunode.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.maunode.store.StoredFile;

/**
 * A part of one file, read from the descriptor that was opened when the answer was made: whatever becomes of the name
 * meanwhile, these are the bytes that the index described.
 */
final class FileBody implements Body {
    static final String TYPE = "application/octet-stream";

    private final FileChannel file;
    private final long length;
    private final long end;
    private long position;

    private FileBody(FileChannel file, ByteRange range) {
        this.file = file;
        this.position = range.first();
        this.end = range.last() + 1;
        this.length = end - position;
    }

    /**
     * Opens {@code file} if it still is what the index says: same size and time, and one inode before and after opening,
     * so that the descriptor is of that inode. The JDK cannot ask a descriptor for its inode.
     *
     * @return empty if another file has taken its place
     * @throws IOException if it cannot be opened, {@code NoSuchFileException} if it is gone
     */
    static Optional<FileBody> open(StoredFile file, ByteRange range) throws IOException {
        BasicFileAttributes before = attributes(file.path());
        FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            if (isIndexed(before, file) && isSame(before, attributes(file.path())) && channel.size() == file.size()) {
                return Optional.of(new FileBody(channel, range));
            }
        } catch (IOException gone) {
            channel.close();
            throw gone;
        }
        channel.close();
        return Optional.empty();
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isIndexed(BasicFileAttributes found, StoredFile file) {
        return found.isRegularFile()
                && found.size() == file.size()
                && found.lastModifiedTime().toInstant().equals(file.modified());
    }

    private static boolean isSame(BasicFileAttributes before, BasicFileAttributes after) {
        return Objects.equals(before.fileKey(), after.fileKey())
                && before.lastModifiedTime().equals(after.lastModifiedTime());
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public boolean fill(ByteBuffer chunk) throws IOException {
        chunk.limit((int) Math.min(chunk.capacity(), end - position));
        while (chunk.hasRemaining()) {
            int read = file.read(chunk, position);
            if (read < 0) {
                throw new EOFException("the file was cut while it was sent");
            }
            position += read;
        }
        return position < end;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
