package org.maunode.discovery.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressScopeTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "127.0.0.1, LOOPBACK",
        "127.255.255.255, LOOPBACK",
        "126.255.255.255, GLOBAL",
        "128.0.0.0, GLOBAL",
        "::1, LOOPBACK",
        "169.253.255.255, GLOBAL",
        "169.254.0.0, LINK_LOCAL",
        "169.254.255.255, LINK_LOCAL",
        "169.255.0.0, GLOBAL",
        "fe80::1, LINK_LOCAL",
        "febf::1, LINK_LOCAL",
        "9.255.255.255, GLOBAL",
        "10.0.0.0, PRIVATE",
        "10.255.255.255, PRIVATE",
        "11.0.0.0, GLOBAL",
        "172.15.255.255, GLOBAL",
        "172.16.0.0, PRIVATE",
        "172.31.255.255, PRIVATE",
        "172.32.0.0, GLOBAL",
        "192.167.255.255, GLOBAL",
        "192.168.0.0, PRIVATE",
        "192.168.255.255, PRIVATE",
        "192.169.0.0, GLOBAL",
        "100.63.255.255, GLOBAL",
        "100.64.0.0, PRIVATE",
        "100.127.255.255, PRIVATE",
        "100.128.0.0, GLOBAL",
        "fc00::1, PRIVATE",
        "fdff:ffff::1, PRIVATE",
        "8.8.8.8, GLOBAL",
        "223.255.255.255, GLOBAL",
        "2000::1, GLOBAL",
        "2001:200::1, GLOBAL",
        "2606:4700::1111, GLOBAL",
        "3ffe::1, GLOBAL"
    })
    void knowsHowFarAnAddressReaches(String address, AddressScope scope) {
        assertEquals(scope, AddressScope.of(InetAddress.ofLiteral(address)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0.0.0.0",
        "0.255.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.251",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::2",
        "::127.0.0.1",
        "64:ff9b::a00:1",
        "100::1",
        "1fff::1",
        "2001::1",
        "2001:1ff::1",
        "2001:db8::1",
        "2002:a00:1::1",
        "3fff:fff::1",
        "4000::1",
        "5f00::1",
        "fec0::1",
        "ff02::fb"
    })
    void knowsWhatNobodyCanConnectTo(String address) {
        assertEquals(AddressScope.UNUSABLE, AddressScope.of(InetAddress.ofLiteral(address)));
    }

    @Test
    void seesTheAddressInsideAMappedOne() throws UnknownHostException {
        byte[] mapped = InetAddress.ofLiteral("2000::").getAddress();
        mapped[0] = 0;
        mapped[10] = (byte) 0xFF;
        mapped[11] = (byte) 0xFF;
        mapped[12] = 127;
        mapped[15] = 1;
        assertEquals(AddressScope.LOOPBACK, AddressScope.of(InetAddress.getByAddress(mapped)));
    }
}
