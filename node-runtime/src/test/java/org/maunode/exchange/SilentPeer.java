package org.maunode.exchange;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.maunode.identity.Contact;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.store.StoredFile;

/** A peer of which nothing is asked but what a test says. */
public abstract class SilentPeer implements RemotePeer {
    private static AssertionError unasked() {
        return new AssertionError("nobody asks this here");
    }

    @Override
    public Page list(Fingerprint owner, From from) {
        throw unasked();
    }

    @Override
    public void fetch(Fingerprint owner, FileName name, long offset, VersionHash expected, Receiver receiver)
            throws IOException {
        throw unasked();
    }

    @Override
    public void fetchVersion(Fingerprint owner, FileName name, VersionHash version, Receiver receiver)
            throws IOException {
        throw unasked();
    }

    @Override
    public Watch watch(Fingerprint owner, From from, Duration wait) {
        throw unasked();
    }

    @Override
    public void push(StoredFile file) throws IOException {
        throw unasked();
    }

    @Override
    public void ping() {
        throw unasked();
    }

    @Override
    public List<Contact> contactsNear(Fingerprint target) {
        throw unasked();
    }
}
