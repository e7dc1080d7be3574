package org.maunode.device.wire;

final class FakeGpioLinesTest extends GpioLinesContract {
    private final FakeGpioLines lines = new FakeGpioLines();

    @Override
    protected GpioLines lines() {
        return lines;
    }

    @Override
    protected void change(int offset, boolean high) {
        lines.level(offset, high);
    }

    @Override
    protected boolean drives(int offset) {
        return lines.isHigh(offset);
    }
}
