/** The node's part in the Kademlia network: the engine's calls made, its answers given, its table kept. */
package org.maunode.discovery.overlay;
