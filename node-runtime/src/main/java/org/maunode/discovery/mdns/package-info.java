/** Peers on the same network, announced and found by multicast DNS. */
package org.maunode.discovery.mdns;
