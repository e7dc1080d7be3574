package org.maunode.http;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.maunode.identity.VersionHash;

/** The hash of what a message carries (RFC 9530): {@code sha-256=:BASE64:}, among others that are passed over. */
final class ReprDigest {
    static final String HEADER = "Repr-Digest";

    private static final Pattern SHA_256 = Pattern.compile("(?:^|,)\\s*sha-256=:([A-Za-z0-9+/]{43}=):\\s*(?=[,;]|$)");

    private ReprDigest() {}

    static Optional<VersionHash> parse(String header) {
        Matcher matcher = SHA_256.matcher(header);
        return matcher.find()
                ? Optional.of(VersionHash.of(Base64.getDecoder().decode(matcher.group(1))))
                : Optional.empty();
    }

    static String format(VersionHash sum) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(sum.bytes()) + ":";
    }
}
