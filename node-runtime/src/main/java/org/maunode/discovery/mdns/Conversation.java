package org.maunode.discovery.mdns;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.maunode.discovery.net.Link;

/** What is said and asked on one segment. Pure, as {@link Responder} is. */
final class Conversation {
    private final Presence presence;
    private final Responder responder;
    private final Browser browser;
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
        boolean moved = !addresses(link, family)
                .toList()
                .equals(addresses(changed, family).toList());
        link = changed;
        responder.change(OwnRecords.of(presence, changed), now);
        if (moved) {
            responder.start(now);
            browser.start(now);
        }
    }

    private static Stream<Object> addresses(Link link, Family family) {
        return link.addresses().stream()
                .filter(each -> Family.of(each.address()) == family)
                .map(Object.class::cast);
    }

    void heardQuestion(Message question, InetSocketAddress asker, long now) {
        responder.heardQuestion(question, asker, now);
    }

    void heardAnswer(Message answer, long now) {
        responder.heardAnswer(answer, now);
    }

    OptionalLong due() {
        return LongStream.concat(responder.due().stream(), browser.due().stream())
                .min();
    }

    void tick(long now) {
        responder.tick(now);
        browser.tick(now);
    }

    void goodbye() {
        responder.goodbye();
    }
}
