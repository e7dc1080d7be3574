package org.maunode.discovery.router;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.maunode.discovery.router.RouterException.Reason;

/**
 * The XML that routers speak, and no more: elements, attributes (read over), text, comments, the five named entities. A
 * document type, CDATA, processing instructions after the prolog and every other entity are refused.
 *
 * <pre>
 * document := misc element misc
 * misc     := any of: space, comment, {@code <?...?>}
 * element  := {@code <name attributes> content </name>} or {@code <name attributes/>}
 * content  := any of: text, entity, comment, element
 * </pre>
 *
 * Bytes are read as Latin-1: what is looked for is ASCII, and every byte means something. Used once.
 */
final class XmlScanner {
    static final int MAX_BYTES = 64 * 1024;
    static final int MAX_DEPTH = 16;
    static final int MAX_ELEMENTS = 2000;
    static final int MAX_NAME = 128;
    static final int MAX_TEXT = 4096;

    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private final String in;
    private final Handler handler;
    private final Deque<String> open = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private int at;
    private int elements;

    /** Hears of elements by their names without prefix. */
    interface Handler {
        void start(String name);

        /** @param text what stood between the last tag and this one, trimmed: all that an element without children holds */
        void end(String name, String text);
    }

    private XmlScanner(String in, Handler handler) {
        this.in = in;
        this.handler = handler;
    }

    /** @throws RouterException with {@code MALFORMED} and the place, or {@code OVER_LIMIT} */
    static void scan(byte[] document, Handler handler) {
        if (document.length > MAX_BYTES) {
            throw new RouterException(Reason.OVER_LIMIT, "a document over " + MAX_BYTES + " bytes");
        }
        new XmlScanner(new String(document, StandardCharsets.ISO_8859_1), handler).document();
    }

    private void document() {
        accept(BYTE_ORDER_MARK);
        misc();
        expect("<");
        startTag();
        while (!open.isEmpty()) {
            content();
        }
        misc();
        require(at == in.length(), "more behind the end");
    }

    private void misc() {
        for (boolean more = true; more; ) {
            space();
            more = acceptThrough("<!--", "-->") || acceptThrough("<?", "?>");
        }
    }

    private void content() {
        if (acceptThrough("<!--", "-->")) {
            return;
        }
        if (accept("</")) {
            endTag();
        } else if (accept("<")) {
            startTag();
        } else if (accept("&")) {
            entity();
        } else {
            text(next());
        }
    }

    private void startTag() {
        String name = name();
        limit(++elements, MAX_ELEMENTS, "elements");
        limit(open.size() + 1, MAX_DEPTH, "levels");
        open.push(name);
        text.setLength(0);
        handler.start(local(name));
        while (space() && isNameStart()) {
            attribute();
        }
        if (accept("/>")) {
            close(name);
        } else {
            expect(">");
        }
    }

    private void endTag() {
        String name = name();
        space();
        expect(">");
        close(name);
    }

    private void close(String name) {
        require(open.pop().equals(name), "a tag that closes another");
        handler.end(local(name), text.toString().trim());
        text.setLength(0);
    }

    private void attribute() {
        name();
        space();
        expect("=");
        space();
        char quote = next();
        require(quote == '"' || quote == '\'', "no quote");
        for (char c = next(); c != quote; c = next()) {
            require(c != '<', "an attribute without end");
        }
    }

    private void entity() {
        int end = in.indexOf(';', at);
        require(end > at && end - at <= 4, "an entity that is not known");
        char meant =
                switch (in.substring(at, end)) {
                    case "lt" -> '<';
                    case "gt" -> '>';
                    case "amp" -> '&';
                    case "quot" -> '"';
                    case "apos" -> '\'';
                    default -> throw malformed("an entity that is not known");
                };
        at = end + 1;
        text(meant);
    }

    private void text(char c) {
        require(c >= ' ' || c == '\t' || c == '\r' || c == '\n', "a control character");
        limit(text.length() + 1, MAX_TEXT, "characters of text");
        text.append(c);
    }

    private String name() {
        int start = at;
        require(isNameStart(), "no name");
        while (at < in.length() && isNamePart(in.charAt(at))) {
            at++;
        }
        limit(at - start, MAX_NAME, "characters in a name");
        return in.substring(start, at);
    }

    private boolean isNameStart() {
        return at < in.length() && isNamePart(in.charAt(at)) && "-.:0123456789".indexOf(in.charAt(at)) < 0;
    }

    private static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "_-.:".indexOf(c) >= 0;
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    private boolean space() {
        int start = at;
        while (at < in.length() && " \t\r\n".indexOf(in.charAt(at)) >= 0) {
            at++;
        }
        return at > start;
    }

    private char next() {
        require(at < in.length(), "the document ends early");
        return in.charAt(at++);
    }

    private boolean accept(String token) {
        boolean isNext = in.startsWith(token, at);
        at += isNext ? token.length() : 0;
        return isNext;
    }

    private void expect(String token) {
        require(accept(token), "no " + token);
    }

    private boolean acceptThrough(String start, String end) {
        if (!accept(start)) {
            return false;
        }
        int found = in.indexOf(end, at);
        require(found >= 0, "no " + end);
        at = found + end.length();
        return true;
    }

    private void limit(int count, int max, String what) {
        if (count > max) {
            throw new RouterException(Reason.OVER_LIMIT, "over " + max + " " + what);
        }
    }

    private void require(boolean right, String otherwise) {
        if (!right) {
            throw malformed(otherwise);
        }
    }

    private RouterException malformed(String what) {
        return new RouterException(Reason.MALFORMED, what + " at byte " + at + " of the document");
    }
}
