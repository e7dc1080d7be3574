package org.maunode.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A command line in one form, however it was typed: Go writes {@code -fingerprint X} what others write
 * {@code --fingerprint X}, and {@code help share} is {@code share --help}. Pure.
 *
 * @param all the words
 * @param command the word that names the command, wherever it stands between options
 */
record Words(List<String> all, Optional<String> command) {
    private static final Pattern GO_FLAG = Pattern.compile("-[a-z][a-z-]+(=.*)?", Pattern.DOTALL);
    /** Options in front of the command whose next word is their value. */
    private static final Set<String> WITH_VALUE = Set.of("--home", "--passphrase-file", "--log");

    static Words of(List<String> typed) {
        List<String> words = twoDashes(typed);
        OptionalInt place = commandIn(words);
        if (place.isPresent() && words.get(place.getAsInt()).equals("help")) {
            words.remove(place.getAsInt());
            words.add("--help");
            place = commandIn(words);
        } else if (place.isEmpty() && words.remove("--version")) {
            words.add("version");
            place = commandIn(words);
        }
        Optional<String> command = place.isPresent() ? Optional.of(words.get(place.getAsInt())) : Optional.empty();
        return new Words(List.copyOf(words), command);
    }

    private static List<String> twoDashes(List<String> typed) {
        List<String> words = new ArrayList<>(typed.size());
        boolean options = true;
        for (String word : typed) {
            options &= !word.equals("--");
            words.add(options && GO_FLAG.matcher(word).matches() ? "-" + word : word);
        }
        return words;
    }

    private static OptionalInt commandIn(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (WITH_VALUE.contains(word)) {
                i++;
            } else if (!word.startsWith("-")) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    boolean asksForHelp() {
        return all.contains("--help") || all.contains("-h");
    }
}
