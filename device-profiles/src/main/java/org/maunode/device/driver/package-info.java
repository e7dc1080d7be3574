/** One class a kind of sensor, behind one explicit catalogue. */
package org.maunode.device.driver;
