package org.maunode.device.driver;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.maunode.device.wire.KernelFiles;

/** Numbers as the kernel prints them: plain decimal digits, at most a sign and a point. */
final class KernelNumber {
    /** A 64-bit counter has 20 digits; a load average has a point and two decimals. */
    private static final Pattern FORM = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,9})?");

    private KernelNumber() {}

    /** The only number in a file. The kernel ends it with a line feed: without one, digits may be missing. */
    static BigDecimal only(KernelFiles kernel, String path) {
        String text = kernel.text(path);
        if (!text.endsWith("\n")) {
            throw malformed(path, text);
        }
        return parse(path, text.substring(0, text.length() - 1));
    }

    /** The first of several numbers in one line. */
    static BigDecimal first(KernelFiles kernel, String path) {
        String text = kernel.text(path);
        int space = text.indexOf(' ');
        if (space < 0 || !text.endsWith("\n")) {
            throw malformed(path, text);
        }
        return parse(path, text.substring(0, space));
    }

    static BigDecimal parse(String path, String text) {
        if (!FORM.matcher(text).matches()) {
            throw malformed(path, text);
        }
        return new BigDecimal(text);
    }

    static DriverException malformed(String path, String text) {
        String start = text.substring(0, Math.min(text.length(), 40)).replaceAll("[^\\x20-\\x7e]", "?");
        return new DriverException(
                DriverException.Reason.MALFORMED, path + " does not hold the expected number but \"" + start + '"');
    }
}
