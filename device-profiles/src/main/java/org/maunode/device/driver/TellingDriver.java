package org.maunode.device.driver;

/** A sensor that tells by itself when it changed, so that nobody has to ask it again and again. */
public interface TellingDriver extends Driver {
    /** Who is told, on a thread of the wire: it must only pass the news on. */
    interface Listener {
        /** The sensor has just changed, and this is what it shows now. One that changes back at once is told of twice. */
        void changed(Sample now);

        /** The sensor tells no more; {@link Driver#read} says why, and makes it tell again when it is back. */
        void lost();
    }

    /**
     * From now on tells {@code listener} soon after each change; from the first {@link #read} on, which takes the line. A
     * second listener takes the place of the first.
     */
    void onChange(Listener listener);
}
