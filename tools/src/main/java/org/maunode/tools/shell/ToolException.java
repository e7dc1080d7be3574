package org.maunode.tools.shell;

import java.util.Objects;
import java.util.Optional;
import org.maunode.runtime.ExitCode;

/** The one way in which a command fails by itself: how it ends, what was wrong, and what could be done about it. */
public final class ToolException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ExitCode code;
    private final String hint;

    /** @param message lower case, no full stop; names what was wrong */
    public ToolException(ExitCode code, String message) {
        this(code, message, "", null);
    }

    public ToolException(ExitCode code, String message, Throwable cause) {
        this(code, message, "", cause);
    }

    /** @param hint what to do, as a command where possible */
    public ToolException(ExitCode code, String message, String hint) {
        this(code, message, hint, null);
    }

    private ToolException(ExitCode code, String message, String hint, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code);
        this.hint = Objects.requireNonNull(hint);
    }

    public ExitCode code() {
        return code;
    }

    public Optional<String> hint() {
        return Optional.of(hint).filter(text -> !text.isEmpty());
    }
}
