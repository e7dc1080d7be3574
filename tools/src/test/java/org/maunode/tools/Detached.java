package org.maunode.tools;

import java.util.Optional;
import java.util.OptionalInt;
import org.maunode.tools.shell.Terminal;

/** A service: nobody at a terminal, and standard input from {@code /dev/null}. */
final class Detached implements Terminal {
    @Override
    public boolean isInput() {
        return false;
    }

    @Override
    public boolean hasInput() {
        return false;
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
}
