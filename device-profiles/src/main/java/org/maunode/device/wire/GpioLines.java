package org.maunode.device.wire;

import java.time.Duration;

/** Lines of the machine's GPIO chips. Levels are those of the wire; what they mean is the driver's affair. */
public interface GpioLines extends AutoCloseable {
    /** The resistor inside the chip that an open input hangs on. */
    enum Bias {
        NONE,
        UP,
        DOWN
    }

    /** A line that is read. */
    interface Input extends AutoCloseable {
        /**
         * Whether the level is high now.
         *
         * @throws WireException if the line is gone
         */
        boolean isHigh();

        /** Gives the line back. */
        @Override
        void close();
    }

    /** A line that is driven. */
    interface Output extends AutoCloseable {
        /** @throws WireException if the line is gone */
        void set(boolean high);

        /** Gives the line back; which level it keeps is the chip's affair. */
        @Override
        void close();
    }

    /**
     * Takes a line to read it.
     *
     * @param chip the kernel's name: {@code gpiochip0}
     * @param debounce how long a new level must last before it counts
     * @param edge called after each change that lasted, on a thread of the wire
     * @throws WireException if there is no such line, or somebody else has it
     */
    Input input(String chip, int offset, Bias bias, Duration debounce, Runnable edge);

    /**
     * Takes a line to drive it, at once with this level.
     *
     * @throws WireException if there is no such line, or somebody else has it
     */
    Output output(String chip, int offset, boolean high);

    /** Gives everything back. */
    @Override
    void close();

    /** Of a machine without GPIO, or of a program that was not given any. */
    static GpioLines none() {
        return new NoWires();
    }
}
