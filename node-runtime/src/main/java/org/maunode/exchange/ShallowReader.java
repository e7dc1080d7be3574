package org.maunode.exchange;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Refuses JSON that is nested deeper, or holds longer texts, than any of ours: the parser goes one frame down the stack for
 * each bracket and keeps a text whole several times, and stack and heap of a node are small.
 */
final class ShallowReader extends FilterReader {
    /** Brackets that may be open at once. */
    static final int MAX_DEPTH = 16;

    /** Characters of one text or number, as they are written; a path of 240 bytes has at most 1,440. */
    static final int MAX_TEXT = 4096;

    private int depth;
    private int length;
    private boolean inText;
    private boolean escaped;

    ShallowReader(Reader json) {
        super(json);
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        if (c >= 0) {
            look((char) c);
        }
        return c;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        for (int i = offset; i < offset + count; i++) {
            look(into[i]);
        }
        return count;
    }

    private void look(char c) {
        longer(c);
        if (inText) {
            inText = escaped || c != '"';
            escaped = !escaped && c == '\\';
            return;
        }
        switch (c) {
            case '"' -> inText = true;
            case '[', '{' -> deeper();
            case ']', '}' -> depth--;
            default -> {
                // Nothing that nests.
            }
        }
    }

    /** What stands between texts counts too, up to a comma or a space: a number has no end of its own. */
    private void longer(char c) {
        boolean ends = inText ? c == '"' && !escaped : c == '"' || c == ',' || Character.isWhitespace(c);
        length = ends ? 0 : length + 1;
        if (length > MAX_TEXT) {
            throw new ExchangeException(
                    ExchangeException.Reason.PROTOCOL, "JSON with a text of more than " + MAX_TEXT + " characters");
        }
    }

    private void deeper() {
        if (++depth > MAX_DEPTH) {
            throw new ExchangeException(
                    ExchangeException.Reason.PROTOCOL, "JSON nested deeper than " + MAX_DEPTH + " brackets");
        }
    }
}
