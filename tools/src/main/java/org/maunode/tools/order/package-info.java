/** Commands to the actuators of a node: written, brought there, and their results waited for. */
package org.maunode.tools.order;
