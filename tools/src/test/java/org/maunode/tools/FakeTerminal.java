package org.maunode.tools;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.maunode.tools.shell.Terminal;

/** A person at a terminal who answers what they were told to answer. */
final class FakeTerminal implements Terminal {
    final List<String> prompts = new ArrayList<>();
    private final Deque<String> passwords;

    FakeTerminal(String... passwords) {
        this.passwords = new ArrayDeque<>(List.of(passwords));
    }

    @Override
    public boolean isInput() {
        return true;
    }

    @Override
    public boolean hasInput() {
        return true;
    }

    @Override
    public boolean isError() {
        return true;
    }

    @Override
    public OptionalInt columns() {
        return OptionalInt.of(60);
    }

    @Override
    public Optional<char[]> password(String prompt) {
        prompts.add(prompt);
        return Optional.ofNullable(passwords.poll()).map(String::toCharArray);
    }
}
