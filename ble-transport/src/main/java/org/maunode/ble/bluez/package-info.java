/** BlueZ: the node as GATT server, and as GATT client, through the D-Bus API of {@code org.bluez}. */
package org.maunode.ble.bluez;
