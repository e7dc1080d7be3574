/** Which implementation of the wires a machine gets. */
package org.maunode.ble.radio;
