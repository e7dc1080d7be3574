package org.maunode.tools.shell;

import java.util.Optional;
import java.util.OptionalInt;

/** The terminal a person sits at, if there is one. */
public interface Terminal {
    /** No person anywhere: a script, a pipe, a service. */
    Terminal NONE = new Terminal() {
        @Override
        public boolean isInput() {
            return false;
        }

        @Override
        public boolean hasInput() {
            return true;
        }

        @Override
        public boolean isError() {
            return false;
        }

        @Override
        public OptionalInt columns() {
            return OptionalInt.empty();
        }

        @Override
        public Optional<char[]> password(String prompt) {
            return Optional.empty();
        }
    };

    /** Whether standard input is typed by a person. */
    boolean isInput();

    /** Whether standard input is connected to anything at all, so that its end means something. */
    boolean hasInput();

    /** Whether standard error is read by a person while it is written. */
    boolean isError();

    /** How many characters fit on a line of it; empty if there is no terminal, or nobody knows. */
    OptionalInt columns();

    /**
     * Asks for a secret without showing it; works while standard output goes elsewhere.
     *
     * @return empty if there is nobody to ask, or the person gave up
     */
    Optional<char[]> password(String prompt);
}
