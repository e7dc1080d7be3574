package org.maunode.ble.gatt;

import java.util.UUID;

/** The service of a Mau node and its three characteristics (BLE-GATT-1 to 4). These values never change. */
public final class MauService {
    /** The service; what advertisements carry. */
    public static final UUID SERVICE = UUID.fromString("e9498798-3deb-4d3f-839a-f8b66845cd4f");

    /** The central writes frames here, without response: offered with {@code write-without-response} alone. */
    public static final UUID WRITE = UUID.fromString("e9498799-3deb-4d3f-839a-f8b66845cd4f");

    /** The peripheral's frames, as notifications. */
    public static final UUID NOTIFY = UUID.fromString("e949879a-3deb-4d3f-839a-f8b66845cd4f");

    /** {@link NodeInfo}, to be read. */
    public static final UUID INFO = UUID.fromString("e949879b-3deb-4d3f-839a-f8b66845cd4f");

    /** Of the manufacturer data that carries the hint: nobody's number, so that it can be anybody's (BLE-GATT-21). */
    public static final int COMPANY = 0xFFFF;

    private MauService() {}
}
