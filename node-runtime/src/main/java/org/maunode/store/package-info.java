/** The account directory: files that appear whole or not at all, their versions, and an index that spares reading them. */
package org.maunode.store;
