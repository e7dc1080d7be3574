package org.maunode.device.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where profiles come from: a file, or the module itself. */
public final class Profiles {
    /** Bytes of a profile: 64 channels with long titles need a third of it. */
    public static final int MAX_BYTES = 64 * 1024;

    /** The ready profiles that come with the module. */
    public static final List<String> NAMES = List.of("host", "greenhouse", "weather", "door", "power");

    private static final String SUFFIX = ".json";

    private Profiles() {}

    /** What every Linux machine can tell about itself; it comes with the module. */
    public static Profile host() {
        return ready("host");
    }

    /**
     * A ready profile.
     *
     * @param name one of {@link #NAMES}
     * @throws ProfileException if there is none of that name
     */
    public static Profile ready(String name) {
        Library.Source source = shipped(name).orElseThrow(() -> new Problems(name)
                .fatal(
                        ProfileException.Reason.UNREADABLE,
                        Place.START,
                        "there is no ready profile " + Problems.quote(name),
                        Suggestion.among(NAMES, name)));
        return parse(source.id(), source.utf8(), Profiles::shipped);
    }

    /**
     * The profile in a file. What it includes are ready profiles, or files {@code NAME.json} beside it.
     *
     * @throws ProfileException with every problem, if it cannot be read or is not sound
     */
    public static Profile load(Path file) {
        return parse(file.toString(), bytes(file), name -> shipped(name).or(() -> beside(file, name)));
    }

    /** A ready profile by its name, or the one in a file: what has a slash or ends in {@code .json} names a file. */
    public static Profile named(String nameOrFile) {
        return nameOrFile.contains("/") || nameOrFile.endsWith(SUFFIX) ? load(Path.of(nameOrFile)) : ready(nameOrFile);
    }

    /**
     * The profile in {@code utf8}, which may include ready ones; {@code source} is what its problems call it.
     *
     * @throws ProfileException with every problem, if it is not sound
     */
    public static Profile parse(String source, byte[] utf8) {
        return parse(source, utf8, Profiles::shipped);
    }

    private static Profile parse(String source, byte[] utf8, Library library) {
        Problems problems = new Problems(source);
        Optional<Draft> draft = new ProfileReader(problems, new Includes(library, source)).parse(utf8);
        problems.refuseIfAny();
        return draft.orElseThrow().finished();
    }

    private static Optional<Library.Source> shipped(String name) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        String file = name + SUFFIX;
        try (InputStream in = Profiles.class.getResourceAsStream(file)) {
            return Optional.of(new Library.Source(file, in.readNBytes(MAX_BYTES + 1)));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static Optional<Library.Source> beside(Path file, String name) {
        Path other = file.resolveSibling(name + SUFFIX);
        return Files.exists(other) ? Optional.of(new Library.Source(other.toString(), bytes(other))) : Optional.empty();
    }

    private static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    private static ProfileException unreadable(String source, IOException e) {
        String what =
                switch (e) {
                    case NoSuchFileException missing -> "there is no such file";
                    case AccessDeniedException closed -> "cannot be read: permission denied";
                    default -> "cannot be read: " + e.getMessage();
                };
        return new Problems(source)
                .fatal(ProfileException.Reason.UNREADABLE, Place.START, what, "check the path and its permissions");
    }
}
