package org.maunode.tools.fetch;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.maunode.discovery.Candidate;
import org.maunode.discovery.Trail;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.sync.Follower;
import org.maunode.sync.SyncReport;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Session;

/** Syncs with one peer, and tries again where that may help: each time after twice as long. Confined to one thread. */
final class Attempts implements Trail {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 6;

    private final Session session;
    private final Network network;
    private final Follower follower;
    private final int retries;
    private final SyncMeter meter;
    private boolean isAnywhere;
    private Optional<SyncReport> soFar = Optional.empty();
    private Optional<ExchangeException> failure = Optional.empty();

    Attempts(Session session, Network network, Follower follower, int retries, SyncMeter meter) {
        this.session = session;
        this.network = network;
        this.follower = follower;
        this.retries = retries;
        this.meter = meter;
    }

    Outcome with(Target target) throws InterruptedException {
        attempt(target);
        for (int failures = 1; failures <= retries && mayPass() && !waitAfter(failures, target.friend()); failures++) {
            attempt(target);
        }
        return soFar.<Outcome>map(report -> new Outcome.Reached(target.friend(), report))
                .orElseGet(() -> new Outcome.Unreached(target.friend(), why(target.friend())));
    }

    private String why(PublicIdentity friend) {
        return isAnywhere
                ? failure.orElseThrow().getMessage()
                : "no address is known; mau follow " + friend.fingerprint() + " --address HOST:PORT";
    }

    private boolean mayPass() {
        return isAnywhere && failure.filter(why -> why.reason().isTransitory()).isPresent();
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
        try (RemotePeer remote = connected(target)) {
            SyncReport report = follower.sync(remote, meter.peer());
            soFar = Optional.of(soFar.map(before -> Outcome.sum(before, report)).orElse(report));
            failure = report.interrupted();
            target.address().ifPresent(address -> session.addresses()
                    .remember(target.friend().fingerprint(), address));
        } catch (ExchangeException unreached) {
            failure = Optional.of(unreached);
        }
    }

    private RemotePeer connected(Target target) {
        Fingerprint peer = target.friend().fingerprint();
        return target.address().map(address -> connected(peer, address)).orElseGet(() -> network.finder()
                .connect(peer, this));
    }

    private RemotePeer connected(Fingerprint peer, InetSocketAddress address) {
        isAnywhere = true;
        try {
            return network.dialer().dial(peer, address);
        } catch (ExchangeException failed) {
            throw new ExchangeException(
                    failed.reason(), HostAndPort.format(address) + ": " + failed.getMessage(), failed);
        }
    }

    @Override
    public void found(Fingerprint peer, Candidate candidate) {
        isAnywhere = true;
    }
}
