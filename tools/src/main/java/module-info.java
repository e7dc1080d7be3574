/** The mau command line. */
module org.maunode.tools {
    requires minimal.json;
    requires info.picocli;
    requires org.maunode.node;
}
