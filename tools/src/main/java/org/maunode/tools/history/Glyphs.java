package org.maunode.tools.history;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What a plot is drawn with. Colour is not needed by either. */
public enum Glyphs {
    UNICODE("┤", "│", "└", "─", "•", "│"),
    /** For terminals that are dumb, or whose locale has no more. */
    ASCII("+", "|", "+", "-", "*", "|");

    final String tick;
    final String axis;
    final String corner;
    final String floor;
    final String point;
    final String range;

    Glyphs(String tick, String axis, String corner, String floor, String point, String range) {
        this.tick = tick;
        this.axis = axis;
        this.corner = corner;
        this.floor = floor;
        this.point = point;
        this.range = range;
    }

    /**
     * As the environment has it: {@code TERM}, and the first of the three variables that name the locale's characters, unless
     * bin/common.sh had to give Java another locale and says so.
     */
    public static Glyphs of(Map<String, String> environment) {
        String locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
        boolean wide = locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
        boolean plain = environment.getOrDefault("TERM", "").equals("dumb")
                || environment.getOrDefault("MAU_GLYPHS", "").equals("ascii");
        return wide && !plain ? UNICODE : ASCII;
    }

    /** The text as far as it can be shown. */
    String spell(String text) {
        return this == UNICODE
                ? text
                : text.replace("°", "").replace("µ", "u").replace("³", "3").replaceAll("[^\\x20-\\x7e]", "?");
    }
}
