package org.maunode.http;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.maunode.exchange.Caller;
import org.maunode.exchange.Delivery;
import org.maunode.exchange.Refusal;
import org.maunode.exchange.Request;
import org.maunode.identity.VersionHash;

/** What the header of a request says that wants to leave a file here: an offer that is sound, or the status that refuses it. */
sealed interface PushHeader {
    /** By the owner itself, of a length within the limit. */
    record Sound(Delivery.Offer offer, boolean expectsContinue) implements PushHeader {}

    /** Not to be looked at any further. */
    record Refused(int status) implements PushHeader {}

    Pattern LENGTH = Pattern.compile("\\d{1,18}");

    /** Whether a request is about leaving a file, well or not: PUT, to the address of a file. */
    static boolean is(HttpRequest request) {
        return Method.PUT.isSame(request.getMethod())
                && address(request.getPath()).isPresent();
    }

    /** Whether {@code target} is the address of a file; a query makes it none, since it means nothing here. */
    static Optional<Request.GetFile> address(String target) {
        return Optional.of(target)
                .filter(path -> path.indexOf('?') < 0)
                .flatMap(path -> Request.parse(path, Optional.empty(), Optional.empty()))
                .filter(Request.GetFile.class::isInstance)
                .map(Request.GetFile.class::cast);
    }

    /**
     * Reads it. Whose directory it is goes before all else, so that nobody learns of it what another may leave there.
     *
     * @param most bytes of a file
     */
    static PushHeader read(HttpRequest request, Caller caller, long most) {
        Request.GetFile address = address(request.getPath()).orElseThrow();
        if (!caller.fingerprint().equals(Optional.of(address.owner()))) {
            return new Refused(caller.fingerprint().isEmpty() ? HttpStatus.SC_UNAUTHORIZED : HttpStatus.SC_FORBIDDEN);
        }
        if (request.containsHeader(HttpHeaders.CONTENT_RANGE)) {
            return new Refused(HttpStatus.SC_BAD_REQUEST);
        }
        Optional<String> length = length(request);
        if (length.isEmpty()) {
            return new Refused(HttpStatus.SC_LENGTH_REQUIRED);
        }
        if (!LENGTH.matcher(length.get()).matches() || Long.parseLong(length.get()) > most) {
            return new Refused(HttpStatus.SC_REQUEST_TOO_LONG);
        }
        return sound(address, Long.parseLong(length.get()), request);
    }

    private static PushHeader sound(Request.GetFile address, long size, HttpRequest request) {
        Optional<VersionHash> sum = header(request, ReprDigest.HEADER).flatMap(ReprDigest::parse);
        boolean expectsContinue = header(request, HttpHeaders.EXPECT)
                .filter("100-continue"::equalsIgnoreCase)
                .isPresent();
        return size == 0
                ? new Refused(Refusal.UNVERIFIED.status())
                : new Sound(new Delivery.Offer(address.owner(), address.name(), size, sum), expectsContinue);
    }

    /** Said once; a length that is said twice, or chunks, are no length. */
    private static Optional<String> length(HttpRequest request) {
        return request.countHeaders(HttpHeaders.CONTENT_LENGTH) == 1
                ? header(request, HttpHeaders.CONTENT_LENGTH)
                : Optional.empty();
    }

    private static Optional<String> header(HttpRequest request, String name) {
        return Optional.ofNullable(request.getFirstHeader(name))
                .map(Header::getValue)
                .map(String::strip);
    }
}
