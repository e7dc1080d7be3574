package org.maunode.exchange;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

/** Where peers are said to be, as JSON: a bare array of {@code {"fingerprint","address"}} as the Go peer writes it. */
public final class ContactsJson {
    /** Entries that are given and taken. */
    public static final int MAX_CONTACTS = 20;

    /** Entries that are looked at: the reference's description allows as many, its program gives {@value #MAX_CONTACTS}. */
    public static final int MAX_ENTRIES = 160;

    private ContactsJson() {}

    public static String write(List<Contact> contacts) {
        return contacts.stream().map(ContactsJson::element).collect(Collectors.joining(",", "[", "]"));
    }

    private static String element(Contact contact) {
        return "{\"fingerprint\":\"" + contact.fingerprint() + "\",\"address\":"
                + Json.value(HostAndPort.format(contact.address())) + "}";
    }

    /**
     * Reads what a peer answered; entries that are not well formed are passed over. Also read: {@code null} for nothing.
     *
     * @throws ExchangeException with {@code PROTOCOL} if it is no list at all
     * @throws IOException if reading fails
     */
    public static List<Contact> parse(Reader json) throws IOException {
        return parse(json, MAX_ENTRIES, MAX_CONTACTS);
    }

    /**
     * The same with other limits, for lists that no peer sent.
     *
     * @param entries that are looked at
     * @param contacts that are taken
     */
    public static List<Contact> parse(Reader json, int entries, int contacts) throws IOException {
        JsonValue whole = value(json);
        if (!whole.isArray() && !whole.isNull()) {
            throw new ExchangeException(ExchangeException.Reason.PROTOCOL, "the contacts are no list");
        }
        List<JsonValue> all = whole.isNull() ? List.of() : whole.asArray().values();
        return all.stream()
                .limit(entries)
                .map(ContactsJson::contact)
                .flatMap(Optional::stream)
                .limit(contacts)
                .toList();
    }

    private static JsonValue value(Reader json) throws IOException {
        try {
            return Json.parse(new ShallowReader(json));
        } catch (ParseException broken) {
            throw new ExchangeException(
                    ExchangeException.Reason.PROTOCOL, "the contacts are not JSON: " + broken.getMessage(), broken);
        }
    }

    private static Optional<Contact> contact(JsonValue entry) {
        Optional<Fingerprint> who =
                member(entry, "fingerprint").filter(Fingerprint::isWellFormed).map(Fingerprint::of);
        Optional<InetSocketAddress> where = member(entry, "address").flatMap(HostAndPort::told);
        return who.flatMap(fingerprint -> where.map(address -> new Contact(fingerprint, address)));
    }

    private static Optional<String> member(JsonValue entry, String name) {
        return Optional.of(entry)
                .filter(JsonValue::isObject)
                .flatMap(object -> Optional.ofNullable(object.asObject().get(name)))
                .filter(JsonValue::isString)
                .map(JsonValue::asString);
    }
}
