package org.maunode.exchange;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Refuses JSON that is nested deeper than any of ours: the parser goes one frame down the stack for each bracket, and the
 * stacks of a node are small.
 */
final class ShallowReader extends FilterReader {
    /** Brackets that may be open at once. */
    static final int MAX_DEPTH = 16;

    private int depth;
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

    private void deeper() {
        if (++depth > MAX_DEPTH) {
            throw new ExchangeException(
                    ExchangeException.Reason.PROTOCOL, "JSON nested deeper than " + MAX_DEPTH + " brackets");
        }
    }
}
