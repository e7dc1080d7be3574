/** What a channel measured, put together from the files that are here, and shown. */
package org.maunode.tools.history;
