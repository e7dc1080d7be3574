package org.maunode.tools.history;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * The vertical axis of a plot.
 *
 * @param least what the lowest row stands for
 * @param most what the highest row stands for; more than {@code least}
 * @param rows how many there are, 2 at least
 */
record Scale(double least, double most, int rows, boolean isSwitch) {
    /** Characters of a label. */
    static final int LABEL = 9;

    private static final List<String> THOUSANDS = List.of("", "k", "M", "G", "T", "P");
    private static final double PADDING = 0.5;

    /** What never changed is drawn in the middle. */
    static Scale of(double least, double most, int rows) {
        double pad = Math.max(PADDING, Math.abs(least) / 100);
        return least < most ? new Scale(least, most, rows, false) : new Scale(least - pad, most + pad, rows, false);
    }

    static Scale ofSwitch(int rows) {
        return new Scale(0, 1, rows, true);
    }

    int row(double value) {
        double share = value / (most - least) - least / (most - least);
        return Double.isFinite(share) ? Math.clamp(Math.round(share * (rows - 1)), 0, rows - 1) : 0;
    }

    /** At the lowest, the middle and the highest row; empty at the others. */
    String label(int row) {
        if (isSwitch) {
            return row == 0 ? "off" : "on";
        }
        boolean labelled = row == 0 || row == rows - 1 || row == (rows - 1) / 2;
        return labelled ? number(least + (most - least) * row / (rows - 1)) : "";
    }

    private String number(double value) {
        int thousands = 0;
        double shown = value;
        while (Math.max(Math.abs(least), Math.abs(most)) / Math.pow(1000, thousands) >= 1e5
                && thousands < THOUSANDS.size() - 1) {
            shown /= 1000;
            thousands++;
        }
        double step = (most - least) / (rows - 1) / Math.pow(1000, thousands);
        int decimals = step > 0 ? Math.clamp((long) Math.ceil(-Math.log10(step)), 0, 3) : 0;
        String text = Double.isFinite(shown)
                ? new BigDecimal(shown)
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .toPlainString()
                : "";
        return text.length() + 1 > LABEL ? String.format(Locale.ROOT, "%.2e", value) : text + THOUSANDS.get(thousands);
    }
}
