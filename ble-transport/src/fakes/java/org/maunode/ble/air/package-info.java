/** A radio in memory: centrals and peripherals that hear each other as those of a real one do, faults and all. For tests. */
package org.maunode.ble.air;
