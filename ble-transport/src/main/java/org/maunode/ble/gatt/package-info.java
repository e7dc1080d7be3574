/** The wires, as interfaces: what a Mau node offers and looks for over GATT (docs/spec/ble-gatt.md), whoever carries it. */
package org.maunode.ble.gatt;
