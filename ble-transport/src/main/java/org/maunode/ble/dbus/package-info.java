/** D-Bus by hand over a Unix domain socket: messages there and back, on one thread, with neither proxies nor reflection. */
package org.maunode.ble.dbus;
