package org.maunode.discovery.mdns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.maunode.discovery.mdns.ResourceRecord.Ownership;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/** What others say in tests: machines that are none of ours, and liars. */
final class Words {
    private Words() {}

    static Contact contact(Fingerprint peer, String address, int port) {
        return new Contact(peer, InetSocketAddress.createUnresolved(address, port));
    }

    /** What a machine says that is not one of ours. */
    static Message claim(Fingerprint peer, int port, int ttl, String... addresses) {
        Name host = Name.of("somebody");
        List<ResourceRecord> answers = new ArrayList<>();
        answers.add(mention(peer, ttl));
        Rdata.Service service = new Rdata.Service(10, 1, port, host);
        answers.add(new ResourceRecord(ServiceName.of(peer), Ownership.SHARED, ttl, service));
        for (String address : addresses) {
            Rdata data = new Rdata.Address(InetAddress.ofLiteral(address));
            answers.add(new ResourceRecord(host, Ownership.SHARED, ttl, data));
        }
        return Message.response(answers, List.of());
    }

    static ResourceRecord mention(Fingerprint peer, int ttl) {
        return new ResourceRecord(ServiceName.SERVICE, Ownership.SHARED, ttl, new Rdata.Pointer(ServiceName.of(peer)));
    }

    static Fingerprint peer(int number) {
        byte[] bytes = new byte[Fingerprint.LENGTH];
        bytes[0] = (byte) (number >> 8);
        bytes[1] = (byte) number;
        return Fingerprint.of(bytes);
    }
}
