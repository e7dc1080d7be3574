package org.maunode.ble.dbus;

import java.util.regex.Pattern;

/** The grammars of names (D-Bus specification 0.43, "Valid Names" and "Valid Object Paths"). */
final class Names {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_/]*+");
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+(\\.[A-Za-z_][A-Za-z0-9_]*+)++");
    private static final Pattern MEMBER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+");
    private static final Pattern WELL_KNOWN =
            Pattern.compile("[A-Za-z_-][A-Za-z0-9_-]*+(\\.[A-Za-z_-][A-Za-z0-9_-]*+)++");
    private static final Pattern UNIQUE = Pattern.compile(":[A-Za-z0-9_-]++(\\.[A-Za-z0-9_-]++)++");

    private Names() {}

    static String checkPath(String path) {
        boolean tidy = path.startsWith("/") && !path.contains("//") && (path.length() == 1 || !path.endsWith("/"));
        return check(PATH, tidy ? path : "no " + path, Limits.MESSAGE, "object path");
    }

    /** An error's name follows the same grammar. */
    static String checkInterface(String name) {
        return check(INTERFACE, name, Limits.NAME, "interface");
    }

    static String checkMember(String name) {
        return check(MEMBER, name, Limits.NAME, "member");
    }

    static String checkBusName(String name) {
        return check(isUnique(name) ? UNIQUE : WELL_KNOWN, name, Limits.NAME, "bus name");
    }

    static boolean isUnique(String busName) {
        return busName.startsWith(":");
    }

    private static String check(Pattern grammar, String name, int longest, String what) {
        if (name.length() > longest || !grammar.matcher(name).matches()) {
            throw new DBusException(DBusException.Reason.MALFORMED, "\"" + name + "\" is no " + what);
        }
        return name;
    }
}
