/** Options, the order in which a node starts and stops, and the daemon's main. */
package org.maunode.runtime;
