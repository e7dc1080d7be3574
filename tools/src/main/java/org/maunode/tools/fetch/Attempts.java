package org.maunode.tools.fetch;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.maunode.exchange.Dialer;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.HostAndPort;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.sync.Follower;
import org.maunode.sync.SyncReport;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Session;

/** Syncs with one peer, and tries again where that may help: each time after twice as long. Confined to one thread. */
final class Attempts {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 6;

    private final Session session;
    private final Dialer dialer;
    private final Follower follower;
    private final int retries;
    private final SyncMeter meter;
    private Optional<SyncReport> soFar = Optional.empty();
    private Optional<ExchangeException> failure = Optional.empty();

    Attempts(Session session, Dialer dialer, Follower follower, int retries, SyncMeter meter) {
        this.session = session;
        this.dialer = dialer;
        this.follower = follower;
        this.retries = retries;
        this.meter = meter;
    }

    Outcome with(Target target) throws InterruptedException {
        PublicIdentity friend = target.friend();
        if (target.addresses().isEmpty()) {
            return new Outcome.Unreached(
                    friend, "no address is known; mau follow " + friend.fingerprint() + " --address HOST:PORT");
        }
        attempt(target);
        for (int failures = 1; failures <= retries && mayPass() && !waitAfter(failures, friend); failures++) {
            attempt(target);
        }
        return soFar.<Outcome>map(report -> new Outcome.Reached(friend, report))
                .orElseGet(() ->
                        new Outcome.Unreached(friend, failure.orElseThrow().getMessage()));
    }

    private boolean mayPass() {
        return failure.filter(why -> why.reason().isTransitory()).isPresent();
    }

    /** Whether the end was asked for meanwhile. */
    private boolean waitAfter(int failures, PublicIdentity friend) throws InterruptedException {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        session.output()
                .say(People.display(friend) + ": " + failure.orElseThrow().getMessage() + "; trying again in "
                        + wait.toSeconds() + " s");
        return session.shell().stop().pause(wait);
    }

    private void attempt(Target target) {
        failure = Optional.empty();
        for (InetSocketAddress address : target.addresses()) {
            try (RemotePeer remote = dialer.dial(target.friend().fingerprint(), address)) {
                SyncReport report = follower.sync(remote, meter.peer());
                soFar = Optional.of(soFar.map(before -> sum(before, report)).orElse(report));
                failure = report.interrupted();
                session.addresses().remember(target.friend().fingerprint(), address);
                return;
            } catch (ExchangeException unreached) {
                failure = Optional.of(new ExchangeException(
                        unreached.reason(), HostAndPort.format(address) + ": " + unreached.getMessage(), unreached));
            }
        }
    }

    /** What arrived counts from every try; what is still open, from the last. */
    private static SyncReport sum(SyncReport before, SyncReport last) {
        return new SyncReport(
                last.peer(),
                last.source(),
                before.fetched() + last.fetched(),
                before.bytes() + last.bytes(),
                Math.max(0, last.alreadyHere() - before.fetched()),
                last.older(),
                before.refused() + last.refused(),
                last.postponed(),
                last.notes(),
                last.interrupted());
    }
}
