/** Channels to signed files: the publisher. */
package org.maunode.device;
