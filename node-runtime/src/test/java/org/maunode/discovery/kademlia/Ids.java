package org.maunode.discovery.kademlia;

import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import org.maunode.identity.Contact;

/** Ids and contacts for tests. */
final class Ids {
    private static final int PORT = 6275;

    private Ids() {}

    static Id random(SplittableRandom random) {
        return new Id(random.nextLong(), random.nextLong(), random.nextInt());
    }

    /** One that shares any number of leading bits, each as likely. */
    static Id near(Id id, SplittableRandom random) {
        return id.randomSharing(random.nextInt(Id.BITS), random);
    }

    static Contact at(Id id, String host) {
        return new Contact(id.fingerprint(), InetSocketAddress.createUnresolved(host, PORT));
    }

    static Contact at(Id id, String host, int port) {
        return new Contact(id.fingerprint(), InetSocketAddress.createUnresolved(host, port));
    }

    /** An address of the internet; those of different numbers, below 50,000, are of different networks. */
    static String world(int number) {
        return "50." + number / 250 % 250 + "." + number % 250 + ".7";
    }

    static Id of(Contact contact) {
        return Id.of(contact.fingerprint());
    }
}
