package org.maunode.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.PublicIdentity;

/**
 * Friends and their groups under {@code .mau/}: one public key a file, sealed for and signed by the account itself; a
 * group is a directory, nested as deep as one likes, named by its base name. What cannot be read or was not signed by the
 * account is skipped and reported, never fatal. Read when first needed and again when the directory changed. Thread-safe.
 */
public final class Keyring {
    Keyring() {}

    /**
     * A friend.
     *
     * @param groups the names of the groups that hold the key; empty for one at the top level only
     */
    public record Friend(PublicIdentity key, Set<String> groups) {}

    /** A file under {@code .mau/} that is no friend's key, and why. */
    public record Skipped(Path file, String why) {}

    /** All friends, by fingerprint. */
    public List<Friend> friends() {
        throw new UnsupportedOperationException();
    }

    public Optional<PublicIdentity> find(Fingerprint fingerprint) {
        throw new UnsupportedOperationException();
    }

    /** The key ids of a friend or of the account itself; empty for a stranger. Costs a look-up, whatever the keyring's size. */
    public Set<Long> keyIdsOf(Fingerprint fingerprint) {
        throw new UnsupportedOperationException();
    }

    /** Names of all groups, sorted. */
    public List<String> groups() {
        throw new UnsupportedOperationException();
    }

    /** The members of a group and of the groups inside it, nobody twice; empty if there is no such group. */
    public List<PublicIdentity> members(String group) {
        throw new UnsupportedOperationException();
    }

    /** What the last reading passed over. */
    public List<Skipped> skipped() {
        throw new UnsupportedOperationException();
    }

    /** Adds a friend at the top level, or replaces its key. */
    public void add(PublicIdentity friend) {
        throw new UnsupportedOperationException();
    }

    /** Makes a group; {@code group} may be a path such as {@code work/close}. Nothing if it exists. */
    public void createGroup(String group) {
        throw new UnsupportedOperationException();
    }

    /** Adds a friend's key to a group, which is made if missing. */
    public void addToGroup(Fingerprint friend, String group) {
        throw new UnsupportedOperationException();
    }

    /** Takes a friend's key out of a group; it stays a friend. */
    public void removeFromGroup(Fingerprint friend, String group) {
        throw new UnsupportedOperationException();
    }

    /** Removes a friend's key from the top level and from every group at any depth. */
    public void remove(Fingerprint friend) {
        throw new UnsupportedOperationException();
    }
}
