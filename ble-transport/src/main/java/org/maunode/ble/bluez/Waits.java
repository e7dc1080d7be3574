package org.maunode.ble.bluez;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.maunode.ble.dbus.DBusException;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.GattException.Reason;

/** Waiting for what the bus's thread finds out. */
final class Waits {
    private Waits() {}

    /**
     * Waits, and no longer wants it if it does not come.
     *
     * @throws GattException as the future failed, or {@code TIMED_OUT}, or {@code INTERRUPTED}
     */
    static <T> T get(CompletableFuture<T> future, Duration patience) {
        try {
            return future.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GattException(Reason.INTERRUPTED, "interrupted", interrupted);
        } catch (TimeoutException late) {
            throw new GattException(Reason.TIMED_OUT, "not in time", late);
        } catch (ExecutionException failed) {
            throw failure(failed.getCause());
        } finally {
            future.cancel(false);
        }
    }

    private static GattException failure(Throwable cause) {
        return switch (cause) {
            case GattException known -> known;
            case DBusException refused -> Refusals.of(refused, Reason.NOT_CONNECTED, "BlueZ");
            default -> new GattException(Reason.NOT_CONNECTED, cause.toString(), cause);
        };
    }
}
