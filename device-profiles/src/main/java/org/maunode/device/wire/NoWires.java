package org.maunode.device.wire;

import java.time.Duration;
import java.util.List;

/** The wires of a machine that has none. */
final class NoWires implements GpioLines, I2cBus, Programs {

    @Override
    public Input input(String chip, int offset, Bias bias, Duration debounce, Runnable edge) {
        throw missing("GPIO lines");
    }

    @Override
    public Output output(String chip, int offset, boolean high) {
        throw missing("GPIO lines");
    }

    @Override
    public byte[] read(int bus, int address, int register, int count) {
        throw missing("I2C buses");
    }

    @Override
    public String run(String program, List<String> arguments, Duration timeout) {
        throw missing("programs");
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }

    private static WireException missing(String what) {
        return new WireException(WireException.Reason.VANISHED, "this node has no " + what);
    }
}
