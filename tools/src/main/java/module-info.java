/** The mau command line. */
module org.maunode.tools {
    requires info.picocli;
    requires java.logging;
    requires minimal.json;
    requires org.maunode.ble;
    requires org.maunode.devices;
    requires org.maunode.node;

    // picocli fills the options of a command by reflection.
    opens org.maunode.tools.command to
            info.picocli;
}
