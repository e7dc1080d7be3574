/** Channels to signed files. */
package org.maunode.device;
