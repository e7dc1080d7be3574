package org.maunode.discovery.mdns;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.maunode.discovery.mdns.Claims.Heard;
import org.maunode.discovery.net.Link;
import org.maunode.discovery.net.LinkAddress;

/** What is said and asked on one segment. Pure, as {@link Responder} is. */
final class Conversation {
    private final Presence presence;
    private final Responder responder;
    private final Browser browser;
    private final Inquiry inquiry;
    private Link link;

    Conversation(
            Presence presence,
            Link link,
            Speaker speaker,
            RandomGenerator random,
            LongFunction<List<ResourceRecord>> known) {
        this.presence = presence;
        this.link = link;
        this.responder = new Responder(OwnRecords.of(presence, link), speaker, random);
        this.browser = new Browser(speaker, random, known);
        this.inquiry = new Inquiry(speaker);
    }

    void start(long now) {
        responder.start(now);
        browser.start(now);
    }

    Link link() {
        return link;
    }

    /** Other addresses are announced; a network of other addresses is one that nobody there was asked in. */
    void change(Link changed, Family family, long now) {
        boolean moved = !addresses(link, family).equals(addresses(changed, family));
        link = changed;
        responder.change(OwnRecords.of(presence, changed), now);
        if (moved) {
            responder.start(now);
            browser.start(now);
        }
    }

    private static List<LinkAddress> addresses(Link link, Family family) {
        return link.addresses().stream()
                .filter(each -> Family.of(each.address()) == family)
                .toList();
    }

    void heardQuestion(Message question, InetSocketAddress asker, long now) {
        responder.heardQuestion(question, asker, now);
    }

    void heardAnswer(Message answer, Heard brought, long now) {
        responder.heardAnswer(answer, now);
        brought.unplaced().forEach(peer -> inquiry.named(peer, now));
        brought.contacts().forEach(contact -> inquiry.located(contact.fingerprint()));
    }

    OptionalLong due() {
        return Stream.of(responder.due(), browser.due(), inquiry.due())
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    void tick(long now) {
        responder.tick(now);
        browser.tick(now);
        inquiry.tick(now);
    }

    void goodbye() {
        responder.goodbye();
    }
}
