/** Finding a peer by its fingerprint through others: Kademlia as an engine without I/O, threads, clock or randomness. */
package org.maunode.discovery.kademlia;
