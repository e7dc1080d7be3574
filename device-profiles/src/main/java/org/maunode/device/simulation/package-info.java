/** A board that exists in memory alone, with what a profile hangs on it and a greenhouse around it. */
package org.maunode.device.simulation;
