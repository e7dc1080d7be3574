package org.maunode.discovery.router;

/** How a router is asked, the most promising first. */
public enum MappingProtocol {
    /** RFC 6887. */
    PCP("PCP"),
    /** RFC 6886. */
    NAT_PMP("NAT-PMP"),
    /** UPnP Internet Gateway Device, versions 1 and 2. */
    UPNP("UPnP");

    private final String label;

    MappingProtocol(String label) {
        this.label = label;
    }

    /** The name that people know. */
    @Override
    public String toString() {
        return label;
    }
}
