package org.maunode.ble.dbus;

import java.util.List;
import java.util.Map;
import org.maunode.ble.dbus.Exported.Interface;
import org.maunode.ble.dbus.Exported.Method;
import org.maunode.ble.dbus.Exported.Property;

/** Objects as XML (D-Bus specification 0.43, "Introspection Data Format"); every name in it has been checked. */
final class Introspection {
    private Introspection() {}

    static String of(List<Interface> interfaces, List<String> children) {
        StringBuilder xml = new StringBuilder("<node>\n");
        interfaces.forEach(each -> append(xml, each));
        children.forEach(child -> xml.append("  <node name=\"").append(child).append("\"/>\n"));
        return xml.append("</node>\n").toString();
    }

    private static void append(StringBuilder xml, Interface each) {
        xml.append("  <interface name=\"").append(each.name()).append("\">\n");
        each.methods().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(method -> append(xml, method));
        each.properties().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(property -> appendProperty(xml, property));
        xml.append("  </interface>\n");
    }

    private static void append(StringBuilder xml, Map.Entry<String, Method> method) {
        xml.append("    <method name=\"").append(method.getKey()).append("\">\n");
        arguments(xml, method.getValue().in(), "in");
        arguments(xml, method.getValue().out(), "out");
        xml.append("    </method>\n");
    }

    private static void arguments(StringBuilder xml, String signature, String direction) {
        Signature.types(signature)
                .forEach(type -> xml.append("      <arg type=\"%s\" direction=\"%s\"/>%n".formatted(type, direction)));
    }

    private static void appendProperty(StringBuilder xml, Map.Entry<String, Property> property) {
        xml.append("    <property name=\"%s\" type=\"%s\" access=\"read\"/>%n"
                .formatted(property.getKey(), property.getValue().type()));
    }
}
