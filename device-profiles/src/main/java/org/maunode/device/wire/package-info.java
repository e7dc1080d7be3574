/** The wires that drivers use: what the kernel shows as small text files. */
package org.maunode.device.wire;
