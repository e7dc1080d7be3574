package org.maunode.runtime;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.clock.NodeClock;
import org.maunode.device.profile.ProfileException;
import org.maunode.identity.InvalidNameException;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.store.Account;
import org.maunode.store.StoreException;

/** The daemon. Its exit codes are {@link ExitCode}'s. */
public final class MauNode {
    private static final Logger LOG = Logger.getLogger("org.maunode.runtime");

    /** What a node may take to stop: half a second as a rule, and longer where a slow card takes what was not written yet. */
    private static final int STOP_SECONDS = 10;

    private final Map<String, String> environment;
    private final PrintStream out;

    private MauNode(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    public static void main(String[] words) {
        List<String> arguments = List.of(words);
        if (arguments.contains("--help") || arguments.contains("-h")) {
            System.out.print(NodeOptions.USAGE);
            return;
        }
        if (arguments.contains("--version")) {
            System.out.println("mau-node " + Version.current());
            return;
        }
        ExitCode code = run(arguments);
        // Not exit(): that would run the hook which waits for this thread.
        Runtime.getRuntime().halt(code.code());
    }

    private static ExitCode run(List<String> arguments) {
        try {
            return new MauNode(System.getenv(), System.out).run(NodeOptions.parse(arguments));
        } catch (UsageException misunderstood) {
            return failed(ExitCode.USAGE, misunderstood.getMessage() + " (bin/run --help tells the options)");
        } catch (ProfileException unsound) {
            return failed(ExitCode.USAGE, unsound.getMessage());
        } catch (InvalidNameException misnamed) {
            return failed(ExitCode.USAGE, misnamed.getMessage());
        } catch (StoreException failed) {
            return failed(ExitCode.of(failed), failed.getMessage());
        } catch (OpenPgpException failed) {
            return failed(ExitCode.of(failed), failed.getMessage());
        } catch (ListenException failed) {
            return failed(ExitCode.ADDRESS_IN_USE, failed.getMessage());
        } catch (RuntimeException defect) {
            LOG.log(Level.FINE, "defect", defect);
            return failed(ExitCode.FAILED, "a defect: " + defect + " (--log debug shows where)");
        }
    }

    private static ExitCode failed(ExitCode code, String message) {
        System.err.println("mau-node: " + message);
        return code;
    }

    private ExitCode run(NodeOptions options) {
        NodeLog.start(options.verbosity(), System.err, environment.containsKey("JOURNAL_STREAM"));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(asked, stopped), "mau-stop"));
        serve(options, asked);
        stopped.countDown();
        return ExitCode.OK;
    }

    /** On a signal: lets the main thread stop the node, and ends the process as one that did what it was told. */
    private static void stop(CountDownLatch asked, CountDownLatch stopped) {
        asked.countDown();
        try {
            if (stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.OK.code());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.FAILED.code());
    }

    private void serve(NodeOptions options, CountDownLatch asked) {
        Systemd systemd = new Systemd(environment);
        Path time = options.home().resolve(".mau-node").resolve("clock");
        try (NodeClock clock = NodeClock.start(time)) {
            Account account = account(options, clock);
            serve(account, options, clock, systemd, asked);
        }
        NodeLog.lastWord("stopped");
    }

    private void serve(Account account, NodeOptions options, NodeClock clock, Systemd systemd, CountDownLatch asked) {
        try (Node node = Node.start(account, options, clock)) {
            run(node, account, options, systemd, asked);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Node node, Account account, NodeOptions options, Systemd systemd, CountDownLatch asked)
            throws InterruptedException {
        try {
            announce(account, node, options);
            systemd.ready("serving on port " + node.address().getPort());
            systemd.watch(asked, node::isAlive);
            LOG.info("stopping");
            systemd.stopping();
        } finally {
            options.readyFile().ifPresent(ReadyFile::remove);
        }
    }

    private void announce(Account account, Node node, NodeOptions options) {
        String name = account.identity().publicIdentity().name();
        out.print(new Greeting(
                        name,
                        account.fingerprint(),
                        options.home().toString(),
                        LocalAddresses.of(node.address()),
                        options.readers(),
                        node.sensors(),
                        node.actuators())
                .text());
        out.flush();
        options.readyFile()
                .ifPresent(file -> ReadyFile.write(
                        file, name, account.fingerprint(), node.address().getPort(), options.home()));
    }

    private Account account(NodeOptions options, NodeClock clock) {
        Passphrases passphrases = new Passphrases(options.home(), options.passphraseFile(), environment);
        boolean isNew = !Account.exists(options.home());
        char[] passphrase = passphrases
                .find()
                .or(() -> isNew ? Optional.of(passphrases.make()) : Optional.empty())
                .orElseThrow(() -> noPassphrase(options, passphrases));
        try {
            return isNew ? newAccount(options, passphrase, clock) : Account.open(options.home(), passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** A board that wakes up in 1970 would make a key that is older than OpenPGP. */
    static Account newAccount(NodeOptions options, char[] passphrase, InstantSource clock) {
        String name = options.name().orElseGet(MauNode::machineName);
        try {
            return Account.create(options.home(), name, "", passphrase, clock);
        } catch (OpenPgpException unfit) {
            throw new UsageException("--name " + name + ": " + unfit.getMessage());
        }
    }

    private static StoreException noPassphrase(NodeOptions options, Passphrases passphrases) {
        return new StoreException(
                StoreException.Reason.WRONG_PASSPHRASE,
                options.home(),
                "the account in " + options.home() + " has a passphrase that is not in " + passphrases.ownFile()
                        + "; name its file with --passphrase-file",
                null);
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "Mau node";
        }
    }
}
