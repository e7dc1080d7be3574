package org.maunode.discovery.kademlia;

/**
 * What one simulation is about.
 *
 * @param nodes online at a time, on average, liars among them
 * @param liars per cent of the nodes
 * @param loss per cent of messages, each way of a call
 * @param session mean time online, in minutes; 0 for no churn. The mean time offline is a quarter of it
 * @param minutes measured, after as many as {@link #warmUp} says
 * @param lookups of live nodes that are measured; a tenth as many of absent ones besides
 */
record Scenario(int nodes, int liars, int loss, int session, int minutes, int lookups, int paths, long seed) {
    /** Nodes join within the first ten minutes; then the tables settle. */
    int warmUp() {
        return 30;
    }

    int joining() {
        return 10;
    }

    Settings settings() {
        Settings standard = Settings.standard();
        return new Settings(standard.alpha(), paths, standard.callTimeout(), standard.refreshEvery());
    }
}
