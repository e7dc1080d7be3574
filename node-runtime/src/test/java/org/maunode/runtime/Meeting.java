package org.maunode.runtime;

import com.eclipsesource.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.maunode.control.ControlClient;
import org.maunode.control.Question;
import org.maunode.discovery.mdns.LocalNetwork;
import org.maunode.discovery.mdns.Presence;
import org.maunode.discovery.net.Link;
import org.maunode.discovery.net.NetworkWatch;
import org.maunode.discovery.router.MappingNonce;
import org.maunode.discovery.router.RouterMapping;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.runtime.NetworkOptions.Way;

/**
 * Two live peers find each other in every way that needs no privileges, tell each other their news, leave files at each
 * other, and are asked how they are.
 */
final class Meeting {
    private static final Predicate<Link> LOOPBACK = link -> link.is(Link.Trait.LOOPBACK);

    private final Path place;

    Meeting(Path place) {
        this.place = place;
    }

    void happen() throws Exception {
        try (Home ann = new Home(place, "ann");
                Home bob = new Home(place, "bob").befriends(ann);
                LivePeer a = ann.live(Way.values());
                LivePeer b = bob.live(through(new Contact(ann.fingerprint(), a.address())))) {
            find(bob, ann.fingerprint());
            b.followAll();
            tell(ann, bob);
            ask(bob, ann.fingerprint());
            hear(ann.fingerprint(), bob.fingerprint());
            askRouter(ann);
        }
    }

    private static NetworkOptions through(Contact entrance) {
        return new NetworkOptions(Home.loopback(0), Optional.empty(), Set.of(Way.OVERLAY), List.of(entrance), Map.of());
    }

    /** By the overlay: no address was written down, and nothing is announced on loopback. */
    private static void find(Home bob, Fingerprint ann) {
        JsonObject found = new ControlClient(bob.account.root())
                .ask(new Question.Find(ann))
                .asObject();
        if (!found.getString("how", "").equals("kademlia")) {
            throw new AssertionError(found.toString());
        }
    }

    /** Bob waits for Ann's news; Ann follows nobody now, so that Bob's are left with her. */
    private static void tell(Home ann, Home bob) throws Exception {
        ann.publish("first.txt", "fetched");
        bob.awaits(ann, "first.txt");
        ann.publish("second.txt", "told");
        bob.awaits(ann, "second.txt");
        bob.publish("left.txt", "pushed");
        ann.awaits(bob, "left.txt");
    }

    private static void ask(Home bob, Fingerprint ann) {
        ControlClient client = new ControlClient(bob.account.root());
        for (Question question : List.of(
                new Question.Status(), new Question.Peers(), new Question.Ping(ann), new Question.Sync(Set.of(ann)))) {
            client.ask(question);
        }
    }

    private static void hear(Fingerprint ann, Fingerprint bob) throws InterruptedException {
        try (NetworkWatch watch = NetworkWatch.start();
                LocalNetwork ofAnn = LocalNetwork.start(new Presence.Announced(ann, 6275), watch, LOOPBACK);
                LocalNetwork _ = LocalNetwork.start(new Presence.Announced(bob, 6276), watch, LOOPBACK)) {
            CountDownLatch heard = new CountDownLatch(1);
            ofAnn.onSeen(contact -> {
                if (contact.fingerprint().equals(bob)) {
                    heard.countDown();
                }
            });
            await(heard, "an announcement");
            if (ofAnn.addressesOf(bob).isEmpty()) {
                throw new AssertionError("heard, and not found");
            }
        }
    }

    /** Where there is none, that is soon known; where there is one, it is left before it has done anything. */
    private static void askRouter(Home ann) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        MappingNonce nonce =
                MappingNonce.of(ann.account.identity().tlsPrivateKey().getEncoded());
        try (RouterMapping mapping = new RouterMapping(6275, nonce, _ -> told.countDown(), new Random(1))) {
            mapping.networkChanged();
            await(told, "a word on the router");
        }
    }

    private static void await(CountDownLatch event, String what) throws InterruptedException {
        if (!event.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError(what + " did not come");
        }
    }
}
