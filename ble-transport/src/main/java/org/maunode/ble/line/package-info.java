/** Sessions that run: the frames of each link on one side, sockets on the other, one thread for all. */
package org.maunode.ble.line;
