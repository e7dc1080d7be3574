package org.maunode.discovery.kademlia;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs engines by the thousand in one process and reports how well they find each other. The same arguments give the same report,
 * byte for byte; how long it took and what memory it needed goes to the standard error.
 *
 * <pre>--seed N  --nodes N,N,...  --liars PERCENT,...  --loss PERCENT  --churn MINUTES  --minutes N  --lookups N  --paths N</pre>
 */
public final class Simulation {
    private final PrintStream out;
    private final PrintStream err;

    private Simulation(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Prints the report, one section for each number of nodes and share of liars. */
    public static void main(String[] args) {
        run(args, System.out, System.err);
    }

    static void run(String[] args, PrintStream out, PrintStream err) {
        new Simulation(out, err).report(scenarios(args));
    }

    private static List<Scenario> scenarios(String[] args) {
        List<Scenario> all = new ArrayList<>();
        for (String nodes : option(args, "--nodes", "1000").split(",")) {
            for (String liars : option(args, "--liars", "20").split(",")) {
                all.add(new Scenario(
                        Integer.parseInt(nodes),
                        Integer.parseInt(liars),
                        Integer.parseInt(option(args, "--loss", "5")),
                        Integer.parseInt(option(args, "--churn", "120")),
                        Integer.parseInt(option(args, "--minutes", "30")),
                        Integer.parseInt(option(args, "--lookups", "3000")),
                        Integer.parseInt(option(args, "--paths", "3")),
                        Long.parseLong(option(args, "--seed", "1"))));
            }
        }
        return all;
    }

    private static String option(String[] args, String name, String otherwise) {
        for (int i = 0; i + 1 < args.length; i += 2) {
            if (args[i].equals(name)) {
                return args[i + 1];
            }
        }
        return otherwise;
    }

    private void report(List<Scenario> scenarios) {
        List<Measures> results = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            long began = System.nanoTime();
            SimulatedWorld world = new SimulatedWorld(scenario);
            results.add(world.run());
            err.printf(
                    Locale.ROOT,
                    "%s: %.1f s, %d bytes an engine%n",
                    scenario,
                    (System.nanoTime() - began) / 1e9,
                    bytesPerEngine(world));
        }
        lookups(scenarios, results);
        tables(scenarios, results);
    }

    /** What is left on the heap, queue and network of the simulation included, for each node that is online. */
    private static long bytesPerEngine(SimulatedWorld world) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / world.online();
    }

    private void lookups(List<Scenario> scenarios, List<Measures> results) {
        out.println(
                "| nodes | liars | paths | seed | lookups | found | hops mean, p95 | messages mean, p95 | seconds mean, p95 "
                        + "| in vain: messages, seconds | impostors | calls a node and hour |");
        out.println("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (int i = 0; i < results.size(); i++) {
            Scenario scenario = scenarios.get(i);
            Measures measures = results.get(i);
            out.printf(
                    Locale.ROOT,
                    "| %d | %d %% | %d | %d | %d | %.2f %% | %.2f, %.0f | %.1f, %.0f | %.1f, %.1f | %.0f, %.0f | %d | %.0f |%n",
                    scenario.nodes(),
                    scenario.liars(),
                    scenario.paths(),
                    scenario.seed(),
                    measures.lookups(),
                    100 * measures.success(),
                    measures.meanHops(),
                    measures.hops95(),
                    measures.meanMessages(),
                    measures.messages95(),
                    measures.meanSeconds(),
                    measures.seconds95(),
                    measures.messagesInVain(),
                    measures.secondsInVain(),
                    measures.impostors(),
                    measures.callsPerNodeAndHour());
        }
    }

    private void tables(List<Scenario> scenarios, List<Measures> results) {
        out.println();
        out.println("| nodes | liars | minute | lines | live | liars in it | nearest 20 known |");
        out.println("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (int i = 0; i < results.size(); i++) {
            Scenario scenario = scenarios.get(i);
            for (Measures.Quality quality : results.get(i).qualities()) {
                out.printf(
                        Locale.ROOT,
                        "| %d | %d %% | %d | %.0f | %.1f %% | %.1f %% | %.1f %% |%n",
                        scenario.nodes(),
                        scenario.liars(),
                        quality.at() / 60_000,
                        quality.size(),
                        100 * quality.live(),
                        100 * quality.liars(),
                        100 * quality.complete());
            }
        }
    }
}
