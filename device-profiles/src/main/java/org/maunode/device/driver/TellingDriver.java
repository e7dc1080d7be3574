package org.maunode.device.driver;

/** A sensor that tells by itself when it changed, so that nobody has to ask it again and again. */
public interface TellingDriver extends Driver {
    /**
     * From now on calls {@code listener} soon after each change, on a thread of the wire: it must only pass the news on.
     * What the sensor reads then is for {@link #read} to say. A second listener takes the place of the first.
     */
    void onChange(Runnable listener);
}
