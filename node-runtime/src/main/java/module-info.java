/** The Mau peer for boards: identity, signed files, their exchange, and the daemon. */
module org.maunode.node {
    requires java.logging;
    requires jdk.net;
    requires transitive minimal.json;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.apache.httpcomponents.core5.httpcore5.h2;
    requires org.bouncycastle.pg;
    requires org.bouncycastle.provider;
    requires transitive org.maunode.ble;
    requires transitive org.maunode.devices;

    exports org.maunode.clock;
    exports org.maunode.identity;
    exports org.maunode.openpgp;
    exports org.maunode.store;
    exports org.maunode.exchange;
    exports org.maunode.discovery;
    exports org.maunode.discovery.kademlia;
    exports org.maunode.discovery.overlay;
    exports org.maunode.discovery.mdns;
    exports org.maunode.discovery.net;
    exports org.maunode.http;
    exports org.maunode.cable;
    exports org.maunode.sync;
    exports org.maunode.control;
    exports org.maunode.device;
    exports org.maunode.device.command;
    exports org.maunode.runtime;
}
