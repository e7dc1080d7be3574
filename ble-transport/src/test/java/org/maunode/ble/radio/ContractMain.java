package org.maunode.ble.radio;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.maunode.ble.air.GattContract;

/**
 * Runs {@link GattContract} over real BlueZ, inside a guest: {@code ContractMain tinyb|dbus|any [pattern of names]}. Prints a
 * line for each case; fails if one does.
 */
final class ContractMain {
    private ContractMain() {}

    public static void main(String[] arguments) {
        RealRadio radio = new RealRadio(Centrals.Choice.valueOf(arguments[0].toUpperCase(Locale.ROOT)));
        Pattern part = Pattern.compile(arguments.length > 1 ? arguments[1] : "");
        List<GattContract.Case> cases = GattContract.cases().stream()
                .filter(each -> part.matcher(each.name()).find())
                .toList();
        long failed = Stream.generate(() -> cases)
                .limit(Integer.getInteger("times", 1))
                .flatMap(List::stream)
                .filter(each -> !holds(each, radio))
                .count();
        System.exit(failed == 0 ? 0 : 1);
    }

    private static boolean holds(GattContract.Case each, RealRadio radio) {
        radio.forget();
        long start = System.nanoTime();
        try {
            each.body().run(radio);
            System.out.println("ok - " + each.name() + " # " + seconds(start));
            return true;
        } catch (Exception | AssertionError why) {
            System.out.println("not ok - " + each.name() + ": " + why + " # " + seconds(start));
            StackTraceElement[] trace = why.getStackTrace();
            for (int i = 0; i < Math.min(8, trace.length); i++) {
                System.out.println("#   at " + trace[i]);
            }
            return false;
        }
    }

    private static String seconds(long start) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
    }
}
