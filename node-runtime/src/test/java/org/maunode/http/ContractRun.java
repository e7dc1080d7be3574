package org.maunode.http;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.ExchangeContract;
import org.maunode.identity.Fingerprint;

/** Runs the exchange's contract without JUnit's launcher, which takes half a minute to start in an emulated guest. */
final class ContractRun {
    /** For one case: megabytes on a slow radio, in a guest that shares its machine. */
    private static final int SECONDS = 600;

    /** Lines of a failure's stack that are shown. */
    private static final int STACK = 8;

    private final PrintStream out;
    private final Opening opening;

    /** Opens the wire of one case. */
    @FunctionalInterface
    interface Opening {
        ExchangeContract.Wire open(Function<Fingerprint, Exchange> exchange) throws IOException;
    }

    ContractRun(PrintStream out, Opening opening) {
        this.out = out;
        this.opening = opening;
    }

    private final class Case extends ExchangeContract {
        @Override
        protected Wire open(Function<Fingerprint, Exchange> exchange) throws IOException {
            return opening.open(exchange);
        }
    }

    /** How many cases failed. */
    int run(Predicate<String> wanted) throws IOException {
        List<Method> cases = Arrays.stream(ExchangeContract.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .filter(method -> wanted.test(method.getName()))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("no such case");
        }
        int failed = 0;
        for (Method method : cases) {
            failed += passes(method) ? 0 : 1;
        }
        out.println((cases.size() - failed) + " of " + cases.size() + " cases hold");
        return failed;
    }

    private boolean passes(Method method) throws IOException {
        Path directory = Files.createTempDirectory("contract");
        long start = System.nanoTime();
        try {
            within(() -> run(method, directory));
            out.println("ok - " + method.getName() + " (" + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)
                    + " ms)");
            return true;
        } catch (TimeoutException stuck) {
            out.println("not ok - " + method.getName() + ": no end in " + SECONDS + " s");
            return false;
        } catch (ExecutionException failed) {
            out.println("not ok - " + method.getName() + ": " + failed.getCause());
            Arrays.stream(failed.getCause().getStackTrace())
                    .limit(STACK)
                    .forEach(line -> out.println("    at " + line));
            return false;
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        } finally {
            delete(directory);
        }
    }

    /** What a case throws. */
    private interface Body {
        void run() throws Throwable;
    }

    private static void within(Body body) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("case").start(() -> {
            try {
                body.run();
                end.complete(true);
            } catch (Throwable thrown) {
                end.completeExceptionally(thrown);
            }
        });
        end.get(SECONDS, TimeUnit.SECONDS);
    }

    private void run(Method method, Path directory) throws Throwable {
        Case fresh = new Case();
        var field = ExchangeContract.class.getDeclaredField("directory");
        open(field);
        field.set(fresh, directory);
        call(fresh, ExchangeContract.class.getDeclaredMethod("openWire"));
        try {
            call(fresh, method);
        } finally {
            call(fresh, ExchangeContract.class.getDeclaredMethod("closeWire"));
        }
    }

    private static void call(Object on, Method method) throws Throwable {
        open(method);
        try {
            method.invoke(on);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static void open(AccessibleObject member) {
        member.setAccessible(true);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path one : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
