package org.maunode.discovery.mdns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.maunode.discovery.mdns.Claim.Key;
import org.maunode.discovery.mdns.ResourceRecord.Ownership;
import org.maunode.discovery.net.Link;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/**
 * Who was heard of, from whom. Each machine's word stands beside that of others: a liar replaces nobody. Where there is no
 * room, whoever says most loses what it said first. Pure, as {@link Responder} is.
 */
final class Claims {
    /** Who was not heard for so long is news again. */
    private static final long REMEMBERED = TimeUnit.SECONDS.toNanos(Limits.SHARED_TTL);

    /** In the order in which they were last heard. */
    private final SequencedMap<Key, Held> claims = new LinkedHashMap<>();

    /**
     * A claim, and what those who listen know of it.
     *
     * @param toldAt when they were told
     * @param news whether they should be told when it is heard next
     */
    private record Held(Claim claim, long heardAt, long toldAt, boolean news) {
        Held probed() {
            return new Held(claim, heardAt, toldAt, true);
        }
    }

    /**
     * What a packet brought.
     *
     * @param contacts all that it names
     * @param news those of them who are new, changed, or back
     * @param unplaced peers of whom nobody there has said yet where they are
     */
    record Heard(List<Contact> contacts, List<Contact> news, List<Fingerprint> unplaced) {
        static final Heard NOTHING = new Heard(List.of(), List.of(), List.of());
    }

    /** Takes in an answer that came from {@code source} on {@code link}. */
    Heard heard(Message answer, Link link, InetAddress source, long now) {
        Heard heard = new Heard(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        forgetSilent(now);
        for (Statement said : Statements.in(answer)) {
            Key key = new Key(said.peer(), link.index(), source);
            if (said.isGoodbye()) {
                claims.remove(key);
            } else {
                take(said, key, link, now, heard);
            }
        }
        return heard;
    }

    private void take(Statement said, Key key, Link link, long now, Heard heard) {
        Optional<Claim> before = Optional.ofNullable(claims.get(key)).map(Held::claim);
        Optional<Claim> claim = Claim.of(key, said, link, before, now);
        if (claim.isPresent()) {
            heard.contacts.addAll(claim.get().contacts());
            heard.news.addAll(hold(claim.get(), now) ? untold(claim.get(), now) : List.of());
        } else if (said.service().isEmpty()) {
            heard.unplaced.add(said.peer());
        }
    }

    /** A peer speaks from several addresses, and names them all each time. */
    private List<Contact> untold(Claim claim, long now) {
        Set<Contact> told = claims.values().stream()
                .filter(held -> held.claim.key().peer().equals(claim.key().peer()) && !held.claim.equals(claim))
                .filter(held -> now - held.toldAt < Limits.TELL_INTERVAL.toNanos())
                .flatMap(held -> held.claim.contacts().stream())
                .collect(Collectors.toSet());
        return claim.contacts().stream().filter(each -> !told.contains(each)).toList();
    }

    private void forgetSilent(long now) {
        while (!claims.isEmpty() && now - claims.firstEntry().getValue().heardAt >= REMEMBERED) {
            claims.pollFirstEntry();
        }
    }

    /** Whether whoever listens is to be told. */
    private boolean hold(Claim claim, long now) {
        Held old = claims.remove(claim.key());
        if (old == null) {
            boolean room = makeRoom(claim.key(), now);
            if (room) {
                claims.put(claim.key(), new Held(claim, now, now, false));
            }
            return room;
        }
        boolean news = old.news || !claim.addsNothingTo(old.claim);
        boolean tell = news && now - old.toldAt >= Limits.TELL_INTERVAL.toNanos();
        claims.put(claim.key(), new Held(claim, now, tell ? now : old.toldAt, news && !tell));
        return tell;
    }

    /** {@code false} if so many claim to be this peer that one more would push out who was there before. */
    private boolean makeRoom(Key newcomer, long now) {
        List<Held> rivals = claims.values().stream()
                .filter(held -> held.claim.key().peer().equals(newcomer.peer()))
                .toList();
        if (rivals.size() >= Limits.CLAIMS_OF_ONE_PEER) {
            Optional<Held> stale =
                    rivals.stream().filter(held -> !held.claim.isFresh(now)).findFirst();
            stale.ifPresent(held -> claims.remove(held.claim.key()));
            return stale.isPresent();
        }
        if (claims.size() >= Limits.CLAIMS) {
            claims.remove(firstOfWhoSaysMost());
        }
        return true;
    }

    private Key firstOfWhoSaysMost() {
        Map<InetAddress, Long> said =
                claims.keySet().stream().collect(Collectors.groupingBy(Key::source, Collectors.counting()));
        long most = Collections.max(said.values());
        return claims.keySet().stream()
                .filter(key -> said.get(key.source()) == most)
                .findFirst()
                .orElseThrow();
    }

    /** {@code source} is about to announce {@code peer}: it starts, or its cable is in again, and is news next time. */
    void probed(Fingerprint peer, Link link, InetAddress source) {
        claims.computeIfPresent(new Key(peer, link.index(), source), (_, held) -> held.probed());
    }

    /** Nothing is known of those on a link that is gone. */
    void forget(Predicate<Key> gone) {
        claims.keySet().removeIf(gone);
    }

    /** Where those who are {@code wanted} may be, first what each machine says first. */
    List<Contact> fresh(Predicate<Fingerprint> wanted, long now) {
        List<List<Contact>> all = claims.values().stream()
                .map(Held::claim)
                .filter(claim -> wanted.test(claim.key().peer()) && claim.isFresh(now))
                .map(Claim::contacts)
                .toList();
        return IntStream.range(0, Limits.ADDRESSES)
                .boxed()
                .flatMap(i -> all.stream().filter(each -> i < each.size()).map(each -> each.get(i)))
                .distinct()
                .toList();
    }

    /** The answers that nobody on a link need give again (RFC 6762, 7.1). */
    List<ResourceRecord> known(int link, long now) {
        return claims.values().stream()
                .map(Held::claim)
                .filter(claim -> claim.key().link() == link)
                .flatMap(claim -> claim.mention().knownFor(now).stream().mapToObj(ttl -> mention(claim, ttl)))
                .toList();
    }

    private static ResourceRecord mention(Claim claim, int ttl) {
        Rdata.Pointer pointer = new Rdata.Pointer(ServiceName.of(claim.key().peer()));
        return new ResourceRecord(ServiceName.SERVICE, Ownership.SHARED, ttl, pointer);
    }

    /** Claims held, for tests. */
    int size() {
        return claims.size();
    }
}
