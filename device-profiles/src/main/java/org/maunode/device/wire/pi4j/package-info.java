/** GPIO lines and I2C buses through Pi4J, which is loaded when the first one is asked for. */
package org.maunode.device.wire.pi4j;
