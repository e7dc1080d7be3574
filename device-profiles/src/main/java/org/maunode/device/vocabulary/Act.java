package org.maunode.device.vocabulary;

import java.util.Arrays;
import java.util.Optional;

/** The actions of schema.org that a command may be. */
public enum Act {
    ACTIVATE("ActivateAction"),
    DEACTIVATE("DeactivateAction"),
    UPDATE("UpdateAction"),
    CONTROL("ControlAction");

    private final String type;

    Act(String type) {
        this.type = type;
    }

    /** The name of the type in schema.org. */
    public String type() {
        return type;
    }

    static Optional<Act> of(String type) {
        return Arrays.stream(values()).filter(act -> act.type.equals(type)).findFirst();
    }

    /** Whether it says by its type alone what is wanted. */
    boolean isSwitch() {
        return this == ACTIVATE || this == DEACTIVATE;
    }
}
