package org.maunode.tools.account;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.maunode.discovery.ProvenPlaces;
import org.maunode.discovery.StaticAddresses;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.Sealer;
import org.maunode.runtime.ExitCode;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Keyring;
import org.maunode.tools.output.Output;
import org.maunode.tools.shell.Shell;
import org.maunode.tools.shell.ToolException;

/** One run of one command: its shell, its output, and the account, which is opened when first asked for. One thread. */
public final class Session implements AutoCloseable {
    private final Shell shell;
    private final Settings settings;
    private final Output output;
    private Optional<Account> account = Optional.empty();
    private Optional<ContentStore> store = Optional.empty();
    private Optional<StaticAddresses> addresses = Optional.empty();
    private Optional<ProvenPlaces> places = Optional.empty();

    public Session(Shell shell, Settings settings, Output output) {
        this.shell = Objects.requireNonNull(shell);
        this.settings = Objects.requireNonNull(settings);
        this.output = Objects.requireNonNull(output);
    }

    public Shell shell() {
        return shell;
    }

    public Output output() {
        return output;
    }

    public Path home() {
        return settings.home();
    }

    /** Makes a new account. */
    public Account create(String name, String email) {
        if (Account.exists(home())) {
            throw new ToolException(
                    ExitCode.NO_ACCOUNT, "there is an account in " + home() + " already", "mau show tells whose it is");
        }
        char[] passphrase = new PassphraseSource(shell, settings).chosen();
        try {
            return remember(Account.create(home(), name, email, passphrase, shell.clock()));
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** The account, opened once. */
    public Account account() {
        return account.orElseGet(this::open);
    }

    private Account open() {
        requireAccount();
        char[] passphrase = new PassphraseSource(shell, settings).existing();
        try {
            return remember(Account.open(home(), passphrase));
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** Fails if there is no account in the home; asks for no passphrase. */
    public void requireAccount() {
        if (!Account.exists(home())) {
            throw new ToolException(ExitCode.NO_ACCOUNT, "there is no account in " + home(), whereElse());
        }
    }

    /** A node's own directory, if it lies here, is what was meant more likely than not. */
    private String whereElse() {
        return Account.exists(home().resolve("mau-home"))
                ? "the node's is in mau-home: mau --home mau-home"
                : "name its directory with --home, or make one with: mau init --name NAME";
    }

    private Account remember(Account opened) {
        account = Optional.of(opened);
        return opened;
    }

    /** The account's own public key. */
    public PublicIdentity self() {
        return account().identity().publicIdentity();
    }

    public Keyring keyring() {
        return account().keyring();
    }

    public People people() {
        return new People(account());
    }

    /** The store, opened once. */
    public ContentStore store() {
        if (store.isEmpty()) {
            store = Optional.of(ContentStore.open(account()));
        }
        return store.get();
    }

    public Opener opener() {
        return new Opener(account().identity());
    }

    public Sealer sealer() {
        return new Sealer(account().identity());
    }

    /** Where peers are, as somebody wrote it down; one and the same object, which several threads may use. */
    public StaticAddresses addresses() {
        if (addresses.isEmpty()) {
            Path file = account().privateDirectory().resolve("addresses.json");
            addresses = Optional.of(new StaticAddresses(file));
        }
        return addresses.get();
    }

    /** Where peers proved themselves; one and the same object, which several threads may use. */
    public ProvenPlaces places() {
        if (places.isEmpty()) {
            Path file = account().privateDirectory().resolve("places.json");
            places = Optional.of(new ProvenPlaces(file, shell.clock()));
        }
        return places.get();
    }

    @Override
    public void close() {
        store.ifPresent(ContentStore::close);
    }
}
