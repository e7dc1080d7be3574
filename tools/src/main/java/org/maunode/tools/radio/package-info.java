/** Nodes within reach of Bluetooth LE: found, connected to, proved, and reached again when the link was cut. */
package org.maunode.tools.radio;
