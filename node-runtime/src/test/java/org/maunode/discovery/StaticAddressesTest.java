package org.maunode.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

class StaticAddressesTest {
    private static final Fingerprint PEER = Fingerprint.of("00112233445566778899aabbccddeeff00112233");
    private static final Fingerprint OTHER = Fingerprint.of("ff112233445566778899aabbccddeeff00112233");

    @TempDir
    private Path place;

    private Path file() {
        return place.resolve("addresses.json");
    }

    private StaticAddresses addresses() {
        return new StaticAddresses(file());
    }

    @Test
    void whatIsRememberedIsFoundAlsoAfterARestart() {
        InetSocketAddress home = HostAndPort.parse("[::1]:7000");
        addresses().remember(PEER, HostAndPort.parse("somewhere.example"));
        addresses().remember(PEER, home);
        assertEquals(List.of(home), addresses().addressesOf(PEER));
        assertEquals(List.of(), addresses().addressesOf(OTHER));
    }

    @Test
    void allThatCanBeReadIsListed() throws IOException {
        Files.writeString(
                file(),
                "{\"" + PEER + "\":\"a.example:1\",\"x\":\"b.example\",\""
                        + OTHER.toString().replace('f', 'e') + "\":\":0\",\"" + OTHER + "\":\"c.example\"}");
        assertEquals(
                List.of(
                        new Contact(PEER, HostAndPort.parse("a.example:1")),
                        new Contact(OTHER, HostAndPort.parse("c.example:6275"))),
                addresses().all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"PEER\":7}", "{\"PEER\":null}", "{\"PEER\":\"a:b:c]\"}"})
    void aFileThatSomebodySpoiltIsNoAddressAndStandsInNobodysWay(String spoilt) throws IOException {
        Files.writeString(file(), spoilt.replace("PEER", PEER.toString()));
        assertEquals(List.of(), addresses().addressesOf(PEER));
        InetSocketAddress home = HostAndPort.parse("home.example:1");
        addresses().remember(PEER, home);
        assertEquals(List.of(home), addresses().addressesOf(PEER));
    }
}
