/** Following: what to fetch from whom, resumed and retried, and remembered only when it truly arrived. */
package org.maunode.sync;
