package org.maunode.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.maunode.architecture.ClassFiles.Compiled;

/** No reflection in the run-time modules, read off the class files. What libraries do is another test's, at run time. */
class NoReflectionTest {
    private static final Set<String> FORBIDDEN_OWNERS = Set.of(
            "java/lang/invoke/MethodHandles",
            "java/lang/invoke/MethodHandles$Lookup",
            "java/lang/invoke/VarHandle",
            "java/util/ServiceLoader",
            "java/util/concurrent/atomic/AtomicIntegerFieldUpdater",
            "java/util/concurrent/atomic/AtomicLongFieldUpdater",
            "java/util/concurrent/atomic/AtomicReferenceFieldUpdater",
            "sun/misc/Unsafe");

    private static final Set<String> FORBIDDEN_OF_CLASS = Set.of(
            "forName",
            "newInstance",
            "getConstructor",
            "getConstructors",
            "getDeclaredConstructor",
            "getDeclaredConstructors",
            "getDeclaredField",
            "getDeclaredFields",
            "getDeclaredMethod",
            "getDeclaredMethods",
            "getField",
            "getFields",
            "getMethod",
            "getMethods",
            "getRecordComponents");

    static boolean isReflective(String call) {
        int dot = call.lastIndexOf('.');
        String owner = call.substring(0, dot);
        String member = call.substring(dot + 1);
        return owner.startsWith("java/lang/reflect/")
                || FORBIDDEN_OWNERS.contains(owner)
                || owner.equals("java/lang/Class") && FORBIDDEN_OF_CLASS.contains(member)
                || owner.equals("java/lang/ClassLoader") && member.equals("loadClass");
    }

    @Test
    void noClassOfTheRunTimeModulesReflects() {
        List<String> found = ClassFiles.of("ble-transport", "device-profiles", "node-runtime").stream()
                .flatMap(NoReflectionTest::reflectiveCalls)
                .toList();
        assertEquals(List.of(), found);
    }

    private static Stream<String> reflectiveCalls(Compiled compiled) {
        return compiled.calls().stream()
                .filter(NoReflectionTest::isReflective)
                .map(call -> compiled.name() + " calls " + call);
    }

    @Test
    void theCheckKnowsReflectionWhenItSeesIt() {
        assertTrue(isReflective("java/lang/Class.forName"));
        assertTrue(isReflective("java/lang/reflect/Proxy.newProxyInstance"));
        assertTrue(isReflective("java/util/ServiceLoader.load"));
        assertFalse(isReflective("java/lang/Class.getResourceAsStream"));
        assertFalse(isReflective("java/lang/invoke/LambdaMetafactory.metafactory"));
    }
}
