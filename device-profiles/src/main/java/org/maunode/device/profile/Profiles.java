package org.maunode.device.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where profiles come from: a file, or the module itself. */
public final class Profiles {
    /** Bytes of a profile: 64 channels with long titles need a third of it. */
    public static final int MAX_BYTES = 64 * 1024;

    private Profiles() {}

    /** What every Linux machine can tell about itself; it comes with the module. */
    public static Profile host() {
        try (InputStream in = Profiles.class.getResourceAsStream("host.json")) {
            return parse("host.json", in.readNBytes(MAX_BYTES + 1));
        } catch (IOException e) {
            throw unreadable("host.json", e);
        }
    }

    /**
     * The profile in a file.
     *
     * @throws ProfileException with every problem, if it cannot be read or is not sound
     */
    public static Profile load(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(file.toString(), in.readNBytes(MAX_BYTES + 1));
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /**
     * The profile in {@code utf8}; {@code source} is what its problems call it.
     *
     * @throws ProfileException with every problem, if it is not sound
     */
    public static Profile parse(String source, byte[] utf8) {
        Problems problems = new Problems(source);
        if (utf8.length > MAX_BYTES) {
            throw problems.fatal(
                    ProfileException.Reason.OVER_LIMIT,
                    Place.START,
                    "longer than " + MAX_BYTES + " bytes",
                    "shorten it, or split it in two profiles");
        }
        return new ProfileReader(problems).read(NodeParser.parse(decode(utf8, problems), problems));
    }

    private static String decode(byte[] utf8, Problems problems) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw problems.fatal(
                    ProfileException.Reason.NOT_JSON, Place.START, "not text in UTF-8", "save it as UTF-8");
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
