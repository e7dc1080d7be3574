package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** RT-1: tables as Linux prints them on a little-endian machine; others reverse the bytes. */
class RouteTableTest {
    private static final String HEAD =
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT \n";
    private static final String WIFI = "wlan0\t00000000\t0100A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n";
    private static final String CABLE = "eth0\t00000000\t014DA8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n";
    private static final String LINK = "eth0\t004DA8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n";
    private static final String VPN = "tun0\t00000000\t014DA8C0\t0003\t0\t0\t50\t00000080\t0\t0\t0\n";
    private static final String DOWN = "eth1\t00000000\t024DA8C0\t0002\t0\t0\t0\t00000000\t0\t0\t0\n";
    private static final String POINT = "ppp0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n";

    private static String address(String table) {
        return RouteTable.defaultRoute(table).orElseThrow().router().getHostAddress();
    }

    @Test
    void theDefaultRouteOfLowestMetricCounts() {
        boolean isLittle = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        assertEquals(isLittle ? "192.168.77.1" : "1.77.168.192", address(HEAD + WIFI + CABLE + LINK));
        assertEquals(
                "eth0",
                RouteTable.defaultRoute(HEAD + LINK + CABLE + WIFI)
                        .orElseThrow()
                        .link());
        assertEquals("wlan0", RouteTable.defaultRoute(HEAD + WIFI).orElseThrow().link());
    }

    @Test
    void routesToSomewhereOrWithoutRouterOrDownDoNotCount() {
        assertTrue(RouteTable.defaultRoute(HEAD + LINK + VPN + DOWN + POINT).isEmpty());
        assertTrue(RouteTable.defaultRoute("").isEmpty());
        assertTrue(RouteTable.defaultRoute(HEAD).isEmpty());
    }

    @Test
    void linesThatCannotBeUnderstoodArePassedOver() {
        String strange = "eth9\tx\t0100A8C0\t0003\t0\t0\t1\t00000000\t0\neth9\n\n"
                + "eth9\t00000000\t0100A8C0\t0003\t0\t0\tfirst\t00000000\t0\t0\t0\n";
        assertEquals(
                "eth0",
                RouteTable.defaultRoute(HEAD + strange + CABLE).orElseThrow().link());
    }

    /** RT-2. */
    @Test
    void atHomeAreThoseBehindATranslator() {
        assertTrue(gateway("192.168.1.1", "192.168.1.7").isAtHome());
        assertTrue(gateway("169.254.1.1", "10.0.0.7").isAtHome());
        assertTrue(gateway("100.64.0.1", "100.64.0.7").isAtHome());
        assertFalse(gateway("11.22.33.1", "192.168.1.7").isAtHome());
        assertFalse(gateway("192.168.1.1", "11.22.33.7").isAtHome());
        assertFalse(gateway("127.0.0.1", "127.0.0.1").isAtHome());
    }

    private static Gateway gateway(String router, String local) {
        return new Gateway("eth0", Ipv4.parse(router), Ipv4.parse(local));
    }
}
