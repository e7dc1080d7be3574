/** Posts in the order of their signatures: read, chosen, printed, watched. */
package org.maunode.tools.browse;
