package org.maunode.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.maunode.exchange.ContactsJson;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.ListingJson;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Contact;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.store.StoredFile;

/** The requests of a peer as HTTP, and what may come back. */
final class HttpPeer implements RemotePeer {
    private static final int COPY = 16 * 1024;
    /** Bytes of a refusal that are read and thrown away; one that is longer costs an HTTP/1.1 connection. */
    private static final int MAX_EXPLANATION = 16 * 1024;

    /** Bytes of an answer to {@link #contactsNear}. */
    private static final int MAX_CONTACTS_ANSWER = 64 * 1024;

    private static final String PING = "/kad/ping";
    private static final String FIND_PEER = "/kad/find_peer/";
    /** Bytes of a refusal's words that are told. */
    static final int MAX_WORDS = 1024;

    private static final List<String> VERSION_PATHS = List.of(".version/", ".versions/");

    private final ClientConnection connection;
    private final DialerOptions options;
    private final Alarms alarms;

    HttpPeer(ClientConnection connection, DialerOptions options, Alarms alarms) {
        this.connection = connection;
        this.options = options;
        this.alarms = alarms;
    }

    @Override
    public Fingerprint fingerprint() {
        return connection.peer();
    }

    @Override
    public Optional<InetSocketAddress> address() {
        return Optional.of(connection.route().address());
    }

    @Override
    public boolean isSlow() {
        return connection.route().isSlow();
    }

    @Override
    public Page list(Fingerprint owner, From from) {
        try {
            return connection.call(listing(owner, from), call -> page(call, path(owner)));
        } catch (IOException unexpected) {
            throw Failures.of(unexpected);
        }
    }

    /**
     * On HTTP/1.1 the wait has the connection for itself: other calls fail with {@code BUSY} until it is closed, as it does
     * while one goes on, and closing it before its page was read closes the connection. On HTTP/2 up to
     * {@value ClientConnection#WAITS} wait side by side; one more fails with {@code OVER_LIMIT}.
     */
    @Override
    public Watch watch(Fingerprint owner, From from, Duration wait) {
        HttpRequest request = listing(owner, from);
        request.setHeader(Preferences.ASKED, Preferences.wait(wait));
        Duration patience = wait.plus(options.idle());
        ClientCall call = connection.beginWait(request, patience);
        return HttpWatch.of(call, alarms, patience, () -> page(call, path(owner)), () -> connection.endWait(call));
    }

    private HttpRequest listing(Fingerprint owner, From from) {
        return switch (from) {
            case From.Since since -> listing(path(owner), since.time());
            case From.Next next -> listing(path(owner) + "?" + checked(next.cursor()), Instant.MIN);
        };
    }

    private static String path(Fingerprint owner) {
        return "/p2p/" + owner;
    }

    private HttpRequest listing(String target, Instant since) {
        HttpRequest request = get(target);
        request.setHeader(HttpHeaders.IF_MODIFIED_SINCE, HttpDates.format(since));
        return request;
    }

    private static String checked(String cursor) {
        if (!NextLink.isSound(cursor)) {
            throw new IllegalArgumentException("not a cursor that a listing gave");
        }
        return cursor;
    }

    private HttpRequest get(String target) {
        return request(Method.GET, target);
    }

    private HttpRequest request(Method method, String target) {
        HttpRequest request = new BasicHttpRequest(method, target);
        request.setScheme("https");
        request.setAuthority(connection.route().authority());
        return request;
    }

    private Page page(ClientCall call, String path) throws IOException {
        HttpResponse head = call.head();
        return switch (head.getCode()) {
            case HttpStatus.SC_OK -> {
                Behind behind = NextLink.behind(header(head, "Link"), path);
                InputStream limited = new LimitedInput(call.body(), options.maxListing());
                ListingJson.Parsed parsed = ListingJson.parse(new InputStreamReader(limited, StandardCharsets.UTF_8));
                yield new Page(parsed.files(), parsed.flaws(), behind);
            }
            case HttpStatus.SC_NOT_MODIFIED -> new Page(List.of(), List.of(), new Behind.Untold());
            default -> throw refused(call, head, path);
        };
    }

    /**
     * Goes on where we were if the file is still the same: the tag says so to peers that have one. The Go peer has none, and
     * sends all from the beginning at the sight of any {@code If-Range}; then the range is asked for without, and whoever
     * holds the bytes finds out by the hash of the whole whether they fit together.
     */
    @Override
    public void fetch(Fingerprint owner, FileName name, long offset, VersionHash expected, Receiver receiver)
            throws IOException {
        String path = path(owner, name);
        if (offset == 0) {
            transfer(get(path), path, 0, receiver);
        } else if (!resume(path, offset, expected, receiver)) {
            transfer(ranged(path, offset), path, offset, receiver);
        }
    }

    private HttpRequest ranged(String path, long offset) {
        HttpRequest request = get(path);
        request.setHeader(HttpHeaders.RANGE, "bytes=" + offset + "-");
        return request;
    }

    /** {@code false} if the peer knows no tags, and nothing was received. */
    private boolean resume(String path, long offset, VersionHash expected, Receiver receiver) throws IOException {
        HttpRequest request = ranged(path, offset);
        request.setHeader(HttpHeaders.IF_RANGE, '"' + expected.toString() + '"');
        return connection.call(request, call -> {
            boolean whole = call.head().getCode() == HttpStatus.SC_OK;
            if (whole && !call.head().containsHeader(HttpHeaders.ETAG) && connection.isMultiplexed()) {
                return false;
            }
            receive(call, path, offset, receiver);
            return true;
        });
    }

    private static String path(Fingerprint owner, FileName name) {
        return "/p2p/" + owner + "/"
                + URLEncoder.encode(name.value(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The reference peer knows {@code .version/} only, the specification's text says {@code .versions/} too. */
    @Override
    public void fetchVersion(Fingerprint owner, FileName name, VersionHash version, Receiver receiver)
            throws IOException {
        String first = path(owner, name) + VERSION_PATHS.getFirst() + version;
        try {
            transfer(get(first), first, 0, receiver);
        } catch (ExchangeException missing) {
            if (missing.reason() != Reason.NOT_FOUND) {
                throw missing;
            }
            fetchVersionElsewhere(path(owner, name) + VERSION_PATHS.getLast() + version, missing, receiver);
        }
    }

    private void fetchVersionElsewhere(String second, ExchangeException missing, Receiver receiver) throws IOException {
        try {
            transfer(get(second), second, 0, receiver);
        } catch (ExchangeException unknown) {
            throw unknown.reason() == Reason.PROTOCOL ? missing : unknown;
        }
    }

    private void transfer(HttpRequest request, String path, long offset, Receiver receiver) throws IOException {
        connection.call(request, call -> {
            receive(call, path, offset, receiver);
            return path;
        });
    }

    private static void receive(ClientCall call, String path, long offset, Receiver receiver) throws IOException {
        HttpResponse head = call.head();
        switch (head.getCode()) {
            case HttpStatus.SC_OK -> {
                long length = length(head);
                copy(call, receiver.begin(0, length), length);
            }
            case HttpStatus.SC_PARTIAL_CONTENT -> {
                ByteRange.Content part = part(head, offset);
                copy(call, receiver.begin(offset, part.total()), part.range().length());
            }
            default -> throw refused(call, head, path);
        }
    }

    /** Reads a short explanation to its end, so that the connection can go on. */
    private static ExchangeException refused(ClientCall call, HttpResponse head, String path) throws IOException {
        call.body().readNBytes(MAX_EXPLANATION);
        return Failures.of(head.getCode(), path);
    }

    private static ByteRange.Content part(HttpResponse head, long offset) {
        return header(head, HttpHeaders.CONTENT_RANGE)
                .flatMap(ByteRange.Content::parse)
                .filter(part -> offset > 0 && part.range().first() == offset)
                .filter(part -> part.total() < 0 || part.range().last() == part.total() - 1)
                .orElseThrow(() -> new ExchangeException(Reason.PROTOCOL, "not the range that was asked for"));
    }

    private static long length(HttpResponse head) {
        try {
            return header(head, HttpHeaders.CONTENT_LENGTH).map(Long::parseLong).orElse(-1L);
        } catch (NumberFormatException broken) {
            throw new ExchangeException(Reason.PROTOCOL, "a length that is no number", broken);
        }
    }

    /** Copies exactly what was announced, if anything was. */
    private static void copy(ClientCall call, OutputStream receiver, long announced) throws IOException {
        try (receiver) {
            byte[] buffer = new byte[COPY];
            long copied = 0;
            for (int n; (n = call.body().read(buffer)) >= 0; ) {
                copied += n;
                if (announced >= 0 && copied > announced) {
                    throw new ExchangeException(Reason.PROTOCOL, "more bytes than the " + announced + " announced");
                }
                receiver.write(buffer, 0, n);
            }
            if (announced >= 0 && copied < announced) {
                throw new ExchangeException(Reason.PROTOCOL, copied + " bytes and not the " + announced + " announced");
            }
        }
    }

    @Override
    public void ping() {
        ask(PING, call -> {
            int status = call.head().getCode();
            if (status < HttpStatus.SC_OK || status >= HttpStatus.SC_REDIRECTION) {
                throw unanswered(call, PING);
            }
            call.body().readNBytes(MAX_EXPLANATION);
            return status;
        });
    }

    @Override
    public List<Contact> contactsNear(Fingerprint target) {
        String path = FIND_PEER + target;
        return ask(path, call -> {
            if (call.head().getCode() != HttpStatus.SC_OK) {
                throw unanswered(call, path);
            }
            InputStream limited = new LimitedInput(call.body(), MAX_CONTACTS_ANSWER);
            return ContactsJson.parse(new InputStreamReader(limited, StandardCharsets.UTF_8));
        });
    }

    private <T> T ask(String path, ClientConnection.Use<T> use) {
        try {
            return connection.call(get(path), use);
        } catch (IOException unexpected) {
            throw Failures.of(unexpected);
        }
    }

    /** Nothing is asked for by name here: a peer that says 404 knows no such requests. */
    private static ExchangeException unanswered(ClientCall call, String path) throws IOException {
        ExchangeException refused = refused(call, call.head(), path);
        int status = call.head().getCode();
        return status == HttpStatus.SC_NOT_FOUND || status == HttpStatus.SC_METHOD_NOT_ALLOWED
                ? new ExchangeException(Reason.NOT_SUPPORTED, refused.getMessage())
                : refused;
    }

    /** Says beforehand how long it is and what hash it has, and sends it without being asked to go on. */
    @Override
    public void push(StoredFile file) throws IOException {
        String path = path(file.owner(), file.name());
        HttpRequest request = request(Method.PUT, path);
        request.setHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(file.size()));
        request.setHeader(ReprDigest.HEADER, ReprDigest.format(file.sum()));
        Upload upload = new Upload(file.size());
        try (InputStream content = file.open()) {
            connection.call(request, Optional.of(upload), call -> {
                upload.send(content, options.idle());
                return taken(call, path);
            });
        }
    }

    private static int taken(ClientCall call, String path) throws IOException {
        int status = call.head().getCode();
        if (status < HttpStatus.SC_OK || status >= HttpStatus.SC_REDIRECTION) {
            throw Failures.ofPush(status, path, words(call));
        }
        call.body().readNBytes(MAX_EXPLANATION);
        return status;
    }

    /** What the peer says to its refusal, made fit for a log. */
    private static String words(ClientCall call) throws IOException {
        boolean text = header(call.head(), HttpHeaders.CONTENT_TYPE)
                .filter(type -> type.startsWith("text/plain"))
                .isPresent();
        byte[] all = call.body().readNBytes(MAX_EXPLANATION);
        String words = new String(all, 0, Math.min(all.length, MAX_WORDS), StandardCharsets.US_ASCII);
        return text ? words.replaceAll("[^ -~]", "?").strip() : "";
    }

    private static Optional<String> header(HttpResponse response, String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Refuses to read more than a limit. */
    private static final class LimitedInput extends FilterInputStream {
        private final int limit;
        private long read;

        LimitedInput(InputStream in, int limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = super.read(into, offset, length);
            read += Math.max(0, n);
            if (read > limit) {
                throw new ExchangeException(Reason.OVER_LIMIT, "an answer of more than " + limit + " bytes");
            }
            return n;
        }
    }
}
