package org.maunode.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.maunode.openpgp.SecretIdentity;

/** A {@link FaultyDisk} for tests of other rooms, whose own steps count too: the power fails before or after one of all. */
public final class PowerCut {
    private final FaultyDisk disk;

    private PowerCut(FaultyDisk disk) {
        this.disk = disk;
    }

    /** @param done whether the step is done before the power fails */
    public static PowerCut at(int step, boolean done) {
        return new PowerCut(new FaultyDisk(step, done));
    }

    /** The power stays. */
    public static PowerCut never() {
        return at(0, false);
    }

    /** An account of keys that are at hand, whose own files never fail. */
    public static Account account(Path root, SecretIdentity identity, InstantSource clock) {
        return new Account(root, identity, new Disk(), clock);
    }

    /** A store on this disk. */
    public ContentStore open(Account account, InstantSource time) {
        return ContentStore.open(account, disk, new Clocks(InstantSource.system(), time, System::nanoTime));
    }

    /** A step of somebody else. */
    public void step(Runnable action) {
        try {
            disk.outside(action);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public int steps() {
        return disk.steps();
    }

    /** Does {@code work}; whether the power failed on the way. */
    public static boolean cutShort(Runnable work) {
        try {
            work.run();
            return false;
        } catch (FaultyDisk.PowerLoss lost) {
            return true;
        }
    }
}
