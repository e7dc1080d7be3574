package org.maunode.device.wire.pi4j;

import com.pi4j.library.gpiod.internal.GpioDContext;
import com.pi4j.library.gpiod.internal.GpioLine;
import com.pi4j.library.gpiod.internal.GpioLineEvent;
import com.pi4j.library.gpiod.internal.LineRequestFlag;
import java.time.Duration;
import org.maunode.device.wire.GpioLines.Bias;

/**
 * An input line through Pi4J's library for gpiod. Its provider for inputs is passed over: that one wakes up a hundred times
 * a second for each line (com.pi4j.plugin.gpiod 3.0.3, GpioDDigitalInput).
 */
final class GpiodLine implements EventLine {
    private final GpioLine line;
    private final GpioLineEvent event;

    private GpiodLine(GpioLine line) {
        this.line = line;
        this.event = GpioDContext.getInstance().openLineEvent();
    }

    /** The chip is the one that Pi4J's context opened. */
    static EventLine open(int offset, Bias bias) {
        GpioLine line = GpioDContext.getInstance().getOrOpenLine(offset);
        line.requestBothEdgeEventsFlags("mau-in-" + offset, flag(bias).getVal());
        return new GpiodLine(line);
    }

    private static LineRequestFlag flag(Bias bias) {
        return switch (bias) {
            case NONE -> LineRequestFlag.BIAS_DISABLE;
            case UP -> LineRequestFlag.BIAS_PULL_UP;
            case DOWN -> LineRequestFlag.BIAS_PULL_DOWN;
        };
    }

    @Override
    public boolean await(Duration longest) {
        return line.eventWait(longest.toNanos());
    }

    @Override
    public void take() {
        line.eventRead(event);
    }

    @Override
    public boolean isHigh() {
        return line.getValue() != 0;
    }

    @Override
    public void release() {
        GpioDContext.getInstance().closeLineEvent(event);
        GpioDContext.getInstance().closeLine(line);
    }
}
