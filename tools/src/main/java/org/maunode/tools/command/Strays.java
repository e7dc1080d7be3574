package org.maunode.tools.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.tools.account.Session;

/** Files that call themselves messages and are none: the store passes over them, whoever verifies must not. */
final class Strays {
    private Strays() {}

    /** Names in the directory of {@code owner} that the store does not know, sorted. */
    static List<FileName> of(Session session, Fingerprint owner) throws IOException {
        Path directory = session.home().resolve(owner.toString());
        List<FileName> strays = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*" + FileName.SUFFIX)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (FileName.isWellFormed(name) && isUnknown(session, owner, new FileName(name))) {
                    strays.add(new FileName(name));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        }
        return strays.stream().sorted().toList();
    }

    private static boolean isUnknown(Session session, Fingerprint owner, FileName name) {
        return session.store().find(owner, name).isEmpty();
    }
}
