package org.maunode.discovery.mdns;

/**
 * One link in one version of IP: a world of its own, to which nothing of another is told.
 *
 * @param link the index of the interface
 */
record Segment(int link, Family family) {}
