/** A GATT client through TinyB, on machines for which it has a native library. */
package org.maunode.ble.tinyb;
