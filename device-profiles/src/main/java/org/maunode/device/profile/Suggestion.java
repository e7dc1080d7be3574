package org.maunode.device.profile;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the word that was probably meant. */
public final class Suggestion {
    /** Longer words are not compared: nobody types them by mistake, and comparing costs the product of the lengths. */
    private static final int MAX_LENGTH = 64;

    private Suggestion() {}

    /** Names the nearest of {@code choices} if one is near, and otherwise all of them. */
    public static String among(Collection<String> choices, String written) {
        return choices.stream()
                .filter(choice -> isNear(choice, written))
                .min(Comparator.comparingInt(choice -> distance(choice, written)))
                .map(choice -> "did you mean \"" + choice + "\"?")
                .orElseGet(() -> "known are " + choices.stream().collect(Collectors.joining(", ")));
    }

    /** Two letters that changed places are two steps apart; in a word of three, two steps lead anywhere. */
    private static boolean isNear(String choice, String written) {
        int tolerance = choice.length() <= 3 ? 1 : Math.max(2, choice.length() / 3);
        return written.length() <= MAX_LENGTH && distance(choice, written) <= tolerance;
    }

    /** Levenshtein's distance, without regard to case and to hyphens or underscores between words. */
    private static int distance(String a, String b) {
        String from = plain(a);
        String to = plain(b);
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            advance(row, i, from.charAt(i - 1), to);
        }
        return row[to.length()];
    }

    private static void advance(int[] row, int i, char c, String to) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j < row.length; j++) {
            int substituted = diagonal + (c == to.charAt(j - 1) ? 0 : 1);
            diagonal = row[j];
            row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
        }
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }
}
