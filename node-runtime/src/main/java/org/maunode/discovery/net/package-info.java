/** The networks that this machine is attached to. */
package org.maunode.discovery.net;
