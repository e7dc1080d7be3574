package org.maunode.device.profile;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Function;

/** The words that profiles choose from, in the order in which they are suggested. */
final class Words {
    static final SequencedMap<String, DriverKind> DRIVERS = of(DriverKind.values(), DriverKind::id);
    static final SequencedMap<String, Quantity> QUANTITIES = of(Quantity.values(), Quantity::term);
    static final SequencedMap<String, Unit> UNITS = of(Unit.values(), Unit::code);
    static final SequencedMap<String, Wiring.Pull> PULLS =
            of(Wiring.Pull.values(), pull -> pull.name().toLowerCase(Locale.ROOT));

    private Words() {}

    private static <T> SequencedMap<String, T> of(T[] all, Function<T, String> word) {
        SequencedMap<String, T> map = new LinkedHashMap<>();
        Arrays.stream(all).forEach(each -> map.put(word.apply(each), each));
        return Collections.unmodifiableSequencedMap(map);
    }
}
