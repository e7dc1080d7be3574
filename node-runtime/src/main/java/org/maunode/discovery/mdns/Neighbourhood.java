package org.maunode.discovery.mdns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.maunode.discovery.mdns.Claims.Heard;
import org.maunode.discovery.net.Link;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/**
 * Everything of multicast DNS but its sockets and its thread: what comes in, what goes out, and when. Time is nanoseconds
 * of one monotonic clock, which begins at 0, always as an argument. Not thread-safe.
 */
final class Neighbourhood {
    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.mdns");

    private final Presence presence;
    private final RandomGenerator random;
    private final Consumer<Outgoing> out;
    private final Map<Segment, Conversation> conversations = new LinkedHashMap<>();
    private final Map<Fingerprint, Lookup> lookups = new HashMap<>();
    private final Claims claims = new Claims();
    private final Echoes echoes = new Echoes();
    private boolean conflictTold;

    /** @param out takes what is to be sent, while one of the methods is called */
    Neighbourhood(Presence presence, RandomGenerator random, Consumer<Outgoing> out) {
        this.presence = Objects.requireNonNull(presence);
        this.random = Objects.requireNonNull(random);
        this.out = Objects.requireNonNull(out);
    }

    /** A segment can be used from now on: what is to be said and asked there begins. */
    void join(Segment segment, Link link, long now) {
        Conversation conversation = new Conversation(
                presence,
                link,
                (route, message) -> send(segment, route, message),
                random,
                at -> claims.known(segment.link(), at));
        conversations.put(segment, conversation);
        conversation.start(now);
    }

    /** A segment's link has other addresses than before. */
    void change(Segment segment, Link link, long now) {
        Conversation conversation = conversations.get(segment);
        if (!conversation.link().equals(link)) {
            conversation.change(link, segment.family(), now);
            claims.forget(key -> key.link() == link.index() && !link.reaches(key.source()));
        }
    }

    /** A segment is gone, and with it what was heard there. */
    void leave(Segment segment) {
        conversations.remove(segment);
        claims.forget(key -> key.link() == segment.link() && Family.of(key.source()) == segment.family());
    }

    /** What was heard, for tests. */
    Claims claims() {
        return claims;
    }

    Set<Segment> segments() {
        return Set.copyOf(conversations.keySet());
    }

    private void send(Segment segment, Outgoing.Route route, Message message) {
        boolean fromOwnPort = route instanceof Outgoing.Route.FromOwnPort;
        byte[] packet = (fromOwnPort ? message.withId(random.nextInt(1, 0x10000)) : message).bytes();
        if (!(route instanceof Outgoing.Route.ToOne)) {
            echoes.sent(packet);
        }
        out.accept(new Outgoing(segment, route, packet));
    }

    /**
     * A packet came in.
     *
     * @param on the link of the socket that it came to
     */
    Heard heard(int on, byte[] packet, InetSocketAddress from, long now) {
        Optional<Conversation> conversation = conversationWith(from.getAddress(), on);
        if (conversation.isEmpty() || isOwn(packet, from)) {
            return Heard.NOTHING;
        }
        try {
            return take(Message.parse(packet), from, conversation.get(), now);
        } catch (MdnsException dropped) {
            LOG.log(Level.FINE, "dropped from={0}: {1}", new Object[] {from, dropped.getMessage()});
            return Heard.NOTHING;
        }
    }

    /** Who is not on a link is not spoken with (RFC 6762, 11). Unicast comes to any socket of the port. */
    private Optional<Conversation> conversationWith(InetAddress source, int on) {
        Segment expected = new Segment(on, Family.of(source));
        return Stream.concat(Stream.of(expected), conversations.keySet().stream())
                .filter(segment -> segment.family() == expected.family())
                .flatMap(segment -> Optional.ofNullable(conversations.get(segment)).stream())
                .filter(conversation -> conversation.link().reaches(source))
                .findFirst();
    }

    private boolean isOwn(byte[] packet, InetSocketAddress from) {
        return isOwn(from.getAddress()) && echoes.isEcho(packet);
    }

    private boolean isOwn(InetAddress address) {
        return conversations.values().stream().anyMatch(each -> each.link().has(address));
    }

    private Heard take(Message message, InetSocketAddress from, Conversation conversation, long now) {
        if (message.isForeign()) {
            return Heard.NOTHING;
        }
        if (!message.isResponse()) {
            probed(message).forEach(peer -> claims.probed(peer, conversation.link(), from.getAddress()));
            conversation.heardQuestion(message, from, now);
            return Heard.NOTHING;
        }
        if (from.getPort() != Family.PORT) {
            return Heard.NOTHING;
        }
        InetAddress source = from.getAddress();
        Heard heard = withoutSelf(claims.heard(message, conversation.link(), source, now), source);
        conversation.heardAnswer(message, heard, now);
        return heard;
    }

    /** The peers that somebody is about to announce. */
    private static List<Fingerprint> probed(Message question) {
        return question.authorities().stream()
                .filter(fact -> fact.type() == RecordType.SRV)
                .flatMap(fact -> ServiceName.peer(fact.name()).stream())
                .distinct()
                .limit(Limits.PEERS_IN_MESSAGE)
                .toList();
    }

    /** Ourselves need not be found; whoever else says to be us is named once. */
    private Heard withoutSelf(Heard heard, InetAddress source) {
        Predicate<Contact> isOther = contact -> !isSelf(contact.fingerprint());
        if (!conflictTold && !isOwn(source) && !heard.contacts().stream().allMatch(isOther)) {
            conflictTold = true;
            LOG.log(Level.WARNING, "{0} announces the fingerprint of this node; TLS shows who is who", source);
        }
        return new Heard(
                heard.contacts().stream().filter(isOther).toList(),
                heard.news().stream().filter(isOther).toList(),
                heard.unplaced().stream().filter(peer -> !isSelf(peer)).toList());
    }

    private boolean isSelf(Fingerprint peer) {
        return presence instanceof Presence.Announced announced
                && announced.self().equals(peer);
    }

    /** Begins to look for {@code peer}, until {@link #endLook}; gives what is known already. */
    List<Contact> look(Fingerprint peer, long now) {
        List<Contact> known = claims.fresh(peer::equals, now);
        lookups.computeIfAbsent(peer, _ -> known.isEmpty() ? Lookup.ofUnknown(peer, now) : Lookup.ofKnown(peer, now))
                .join(now);
        return known;
    }

    /** Everybody who was heard of and may still be there. */
    List<Contact> everybody(long now) {
        return claims.fresh(_ -> true, now).stream()
                .filter(contact -> !isSelf(contact.fingerprint()))
                .toList();
    }

    void endLook(Fingerprint peer) {
        lookups.computeIfPresent(peer, (_, lookup) -> lookup.leave() ? null : lookup);
    }

    /** When {@link #tick} has something to do; empty if only after something was heard. */
    OptionalLong due() {
        return LongStream.concat(
                        conversations.values().stream().flatMapToLong(each -> each.due().stream()),
                        lookups.values().stream().flatMapToLong(each -> each.due().stream()))
                .min();
    }

    /** Does what is due. */
    void tick(long now) {
        conversations.values().forEach(each -> each.tick(now));
        lookups.values().stream().filter(lookup -> lookup.isDue(now)).forEach(lookup -> ask(lookup.ask()));
    }

    /** From both ports: some answer the asker alone, and some firewalls let answers to all alone through. */
    private void ask(List<Question> questions) {
        Message question = Message.query(questions, List.of());
        for (Segment segment : segments()) {
            send(segment, new Outgoing.Route.ToAll(), question);
            send(segment, new Outgoing.Route.FromOwnPort(), question);
        }
    }

    /** Takes back what was announced; nothing is said afterwards. */
    void goodbye() {
        conversations.values().forEach(Conversation::goodbye);
    }
}
