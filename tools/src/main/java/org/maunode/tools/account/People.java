package org.maunode.tools.account;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.store.Account;
import org.maunode.store.Keyring.Friend;
import org.maunode.store.StoredFile;
import org.maunode.tools.shell.ToolException;

/** The account and its friends, as people name them: by fingerprint, or by a name that only one of them has. One thread. */
public final class People {
    private static final int HEX_AS_A_MISTAKE = 8;

    private final Account account;
    private Map<Long, PublicIdentity> holders = Map.of();

    People(Account account) {
        this.account = account;
    }

    /**
     * The person that {@code text} means: 40 digits, or the name of a friend or of the account itself.
     *
     * @throws ToolException if it means nobody, or several
     */
    public Fingerprint named(String text) {
        return Fingerprint.isWellFormed(text)
                ? Fingerprint.of(text)
                : byName(text).fingerprint();
    }

    /** The friend that {@code text} means; its key is in the keyring. */
    public PublicIdentity friend(String text) {
        Fingerprint who = named(text);
        return account.keyring()
                .find(who)
                .orElseThrow(() -> new ToolException(
                        ExitCode.NOT_FOUND,
                        who.equals(account.fingerprint())
                                ? "that is this account itself"
                                : who + " is no friend of this account",
                        "mau friends lists them; mau friend KEYFILE adds one"));
    }

    /** The key of somebody whose files may be here: a friend or the account itself. */
    public Optional<PublicIdentity> key(Fingerprint who) {
        PublicIdentity self = account.identity().publicIdentity();
        return who.equals(self.fingerprint())
                ? Optional.of(self)
                : account.keyring().find(who);
    }

    /** What to call somebody: a name, or what is known instead. */
    public String display(Fingerprint who) {
        return key(who).map(People::display).orElseGet(who::toString);
    }

    /** What to call the holder of a key: its name, else its address, else its fingerprint. */
    public static String display(PublicIdentity key) {
        if (!key.name().isBlank()) {
            return key.name();
        }
        return key.email().isBlank() ? key.fingerprint().toString() : key.email();
    }

    /** Who may read a file besides its author, as far as the keyring tells. */
    public Readers readers(StoredFile file) {
        if (!file.envelope().sealed()) {
            return Readers.EVERYBODY;
        }
        Set<PublicIdentity> known = new LinkedHashSet<>();
        List<Long> unknown = new ArrayList<>();
        for (long id : file.envelope().keyIds()) {
            holder(id).ifPresentOrElse(known::add, () -> unknown.add(id));
        }
        known.removeIf(key -> key.fingerprint().equals(file.owner()));
        return new Readers.Chosen(List.copyOf(known), unknown);
    }

    private Optional<PublicIdentity> holder(long keyId) {
        if (holders.isEmpty()) {
            holders = new HashMap<>();
            Stream.concat(
                            Stream.of(account.identity().publicIdentity()),
                            account.keyring().friends().stream().map(Friend::key))
                    .forEach(key -> key.keyIds().forEach(id -> holders.putIfAbsent(id, key)));
        }
        return Optional.ofNullable(holders.get(keyId));
    }

    private PublicIdentity byName(String name) {
        List<PublicIdentity> exact = matching(name, String::equals);
        List<PublicIdentity> found = exact.isEmpty() ? matching(name, String::equalsIgnoreCase) : exact;
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw found.isEmpty() ? nobody(name) : several(name, found);
    }

    private List<PublicIdentity> matching(String name, BiPredicate<String, String> equal) {
        List<PublicIdentity> found = new ArrayList<>();
        PublicIdentity self = account.identity().publicIdentity();
        if (equal.test(name, self.name())) {
            found.add(self);
        }
        account.keyring().friends().stream()
                .map(Friend::key)
                .filter(key -> equal.test(name, key.name()) || equal.test(name, key.email()))
                .forEach(found::add);
        return found;
    }

    private static ToolException nobody(String name) {
        boolean digits = name.length() >= HEX_AS_A_MISTAKE && name.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return digits
                ? new ToolException(
                        ExitCode.USAGE,
                        "\"" + name + "\" has " + name.length()
                                + " digits; a fingerprint has 40, and is never shortened")
                : new ToolException(
                        ExitCode.NOT_FOUND, "no friend is called \"" + name + "\"", "mau friends lists them");
    }

    private static ToolException several(String name, List<PublicIdentity> found) {
        List<String> fingerprints =
                found.stream().map(key -> key.fingerprint().toString()).toList();
        return new ToolException(
                ExitCode.USAGE,
                "\"" + name + "\" is the name of " + found.size() + " people",
                "name one by fingerprint: " + String.join(", ", fingerprints));
    }
}
