package org.maunode.device.wire;

import java.time.Duration;
import java.util.List;

/** Other programs of this machine, asked for one answer each. */
@FunctionalInterface
public interface Programs {
    /** Bytes of an answer. */
    int MAX_OUTPUT = 16 * 1024;

    /**
     * Runs a program without a shell, and waits until it ends. One that takes longer is killed with its children.
     *
     * @param program an absolute path
     * @return what it wrote to its standard output, as ISO 8859-1
     * @throws WireException if it cannot be started, takes longer than {@code timeout}, writes more than
     *     {@link #MAX_OUTPUT} bytes, or ends with another code than 0
     */
    String run(String program, List<String> arguments, Duration timeout);

    /** Of a machine that runs none. */
    static Programs none() {
        return new NoWires();
    }
}
