package org.maunode.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

class ContactsJsonTest {
    private static final String FPR = "caeb72ddee0703e1b0d0334f88afa037955d532a";

    private static List<Contact> parse(String json) throws IOException {
        return ContactsJson.parse(new StringReader(json));
    }

    private static String entry(String fingerprint, String address) {
        return "{\"fingerprint\":\"" + fingerprint + "\",\"address\":\"" + address + "\"}";
    }

    private static Contact contact(String address) {
        return new Contact(Fingerprint.of(FPR), HostAndPort.parse(address));
    }

    /** KW-2. */
    @Test
    void readsWhatItWrites() throws IOException {
        List<Contact> contacts =
                List.of(contact("10.77.0.2:9999"), contact("[2001:db8::1]:1"), contact("example.org:80"));
        assertEquals(contacts, parse(ContactsJson.write(contacts)));
        assertEquals("[]", ContactsJson.write(List.of()));
    }

    /** KW-2, KW-10. */
    @Test
    void readsWhatTheGoPeerWrites() throws IOException {
        String go = "[{\"fingerprint\":\"" + FPR + "\",\"address\":\"10.77.0.2:9999\"}]\n";
        assertEquals(List.of(contact("10.77.0.2:9999")), parse(go));
        assertEquals(List.of(), parse("[]\n"));
        assertEquals(List.of(), parse("null"));
    }

    /** KW-11. */
    @Test
    void passesOverEntriesThatAreNoContacts() throws IOException {
        String sound = entry(FPR, "10.0.0.1:80");
        String list = String.join(
                ",",
                "1",
                "null",
                "[" + sound + "]",
                "{}",
                "{\"fingerprint\":1,\"address\":\"10.0.0.1:80\"}",
                "{\"fingerprint\":\"" + FPR + "\",\"address\":{\"host\":1}}",
                entry(FPR + "0", "10.0.0.1:80"),
                entry("z" + FPR.substring(1), "10.0.0.1:80"),
                entry(FPR, FPR),
                entry(FPR, "10.0.0.1"),
                entry(FPR, ""),
                "{\"extra\":[[]]," + sound.substring(1));
        assertEquals(List.of(contact("10.0.0.1:80")), parse("[" + list + "]"));
    }

    /** KW-10. */
    @Test
    void takesTwentyOfTheFirstHundredAndSixty() throws IOException {
        assertEquals(20, parse(many(21)).size());
        String sound = entry(FPR, "10.0.0.1:80");
        String last = "[" + "0,".repeat(ContactsJson.MAX_ENTRIES - 1) + sound + "]";
        assertEquals(1, parse(last).size());
        String behind = "[" + "0,".repeat(ContactsJson.MAX_ENTRIES) + sound + "]";
        assertEquals(0, parse(behind).size());
    }

    private static String many(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(port -> entry(FPR, "10.0.0.1:" + port))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** KW-10. */
    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"files\":[]}", "[", "[]]", "\"x\"", "pong"})
    void whatIsNoListIsToldSo(String json) {
        ExchangeException wrong = assertThrows(ExchangeException.class, () -> parse(json));
        assertEquals(Reason.PROTOCOL, wrong.reason());
    }

    @Test
    void aListWithinListsWithoutEndIsNotJson() {
        ExchangeException wrong = assertThrows(ExchangeException.class, () -> parse("[".repeat(60_000)));
        assertEquals(Reason.PROTOCOL, wrong.reason());
    }

    @Test
    void theLongestAnswerOfOursIsFarFromTheLimit() {
        Contact longest = contact("a".repeat(HostAndPort.MAX_TOLD - 6) + ":65535");
        String json = ContactsJson.write(IntStream.range(0, ContactsJson.MAX_CONTACTS)
                .mapToObj(_ -> longest)
                .toList());
        assertTrue(json.length() < 8192, json);
    }
}
