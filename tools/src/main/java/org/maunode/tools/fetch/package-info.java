/** Syncing while somebody watches: several peers at once, tried again, counted, and summed up. */
package org.maunode.tools.fetch;
