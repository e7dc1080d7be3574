package org.maunode.tools.command;

import com.eclipsesource.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Progress;
import org.maunode.tools.output.Quantities;
import org.maunode.tools.radio.Answering;
import org.maunode.tools.radio.Download;
import org.maunode.tools.radio.Goal;
import org.maunode.tools.radio.Persistence;
import org.maunode.tools.radio.Radio;
import org.maunode.tools.radio.RadioMeter;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches one file, verifies it, and only then prints its content. */
@picocli.CommandLine.Command(name = "get", description = "fetch a file, verify it, and print its content")
final class BleGet implements Command {
    private static final int BUFFER = 1 << 16;

    @Mixin
    Node node = new Node();

    @Parameters(index = "1", paramLabel = "NAME", description = "the file's name; .pgp may be left out")
    String name;

    @Option(
            names = "--fingerprint",
            paramLabel = "WHO",
            description = "whose file: a fingerprint, or the name of a friend (default: the node's own)")
    Optional<String> owner = Optional.empty();

    @Mixin
    Destination destination = new Destination();

    @Option(names = "--message", description = "the message as it is, signed and sealed, instead of its content")
    boolean message;

    @Mixin
    Retries retries = new Retries();

    @Mixin
    Adapter adapter = new Adapter();

    /** What came, and over how many connections. */
    private record Fetched(Download.Whole file, PublicIdentity author, RadioMeter meter, int cuts) {}

    @Override
    public ExitCode run(Session session) throws IOException, InterruptedException {
        if (session.output().isJson() && destination.isStandardOutput()) {
            throw new ToolException(
                    ExitCode.USAGE, "--json leaves no place for the content", "name a file with --output");
        }
        FileName file = FileName.published(name);
        Goal goal = node.goal(session);
        Optional<Fingerprint> whose = owner.map(session.people()::named);
        session.account();
        Fetched fetched = fetch(session, goal, whose, file);
        tell(session, fetched, written(session, fetched));
        return ExitCode.OK;
    }

    private Fetched fetch(Session session, Goal goal, Optional<Fingerprint> whose, FileName file)
            throws IOException, InterruptedException {
        try (Progress progress = Progress.on(session.shell(), session.output());
                Radio radio = adapter.open(session)) {
            RadioMeter meter = new RadioMeter(progress, session.shell().clock());
            Persistence persistence = new Persistence(
                    session, radio, goal, Answering.NOBODY, node.patience(), retries.count(), meter::moved);
            Downloads downloads = new Downloads(session, meter);
            Download.Whole whole = persistence.run((remote, _) ->
                    downloads.of(whose.orElse(remote.fingerprint())).of(remote, file));
            return new Fetched(whole, downloads.author(), meter, persistence.cuts());
        }
    }

    /** The one download of a run: whose it is shows at the first connection. */
    private static final class Downloads {
        private final Session session;
        private final RadioMeter meter;
        private Optional<PublicIdentity> author = Optional.empty();
        private Optional<Download> download = Optional.empty();

        Downloads(Session session, RadioMeter meter) {
            this.session = session;
            this.meter = meter;
        }

        /** Nothing is fetched that could not be verified. */
        Download of(Fingerprint owner) {
            if (author.filter(known -> known.fingerprint().equals(owner)).isEmpty()) {
                author = Optional.of(Owner.key(session, owner));
                download = Optional.of(new Download(session.store(), owner, meter));
            }
            return download.orElseThrow();
        }

        PublicIdentity author() {
            return author.orElseThrow();
        }
    }

    private Instant written(Session session, Fetched fetched) throws IOException {
        Instant[] signed = {Instant.MIN};
        try {
            destination.write(session, out -> signed[0] = write(session, fetched, out));
        } catch (OpenPgpException refused) {
            fetched.file().partial().discard();
            throw new ToolException(
                    ExitCode.of(refused), fetched.file().listed().name() + ": " + refused.getMessage(), refused);
        }
        fetched.file().partial().discard();
        return signed[0];
    }

    private Instant write(Session session, Fetched fetched, OutputStream out) throws IOException {
        var path = fetched.file().partial().path();
        OutputStream buffered = new BufferedOutputStream(out, BUFFER);
        Instant signed = message
                ? session.opener().verify(path, fetched.author()).signedAt()
                : session.opener().open(path, fetched.author(), buffered).signedAt();
        if (message) {
            Files.copy(path, buffered);
        }
        buffered.flush();
        return signed;
    }

    private void tell(Session session, Fetched fetched, Instant signed) {
        RadioMeter meter = fetched.meter();
        Download.Whole file = fetched.file();
        session.output()
                .say(file.listed().name() + ": " + meter.summary()
                        + (file.before() == 0 ? "" : ", " + file.before() + " were here before")
                        + (fetched.cuts() == 0
                                ? ""
                                : ", the link was cut " + Quantities.count(fetched.cuts(), "time")));
        if (session.output().isJson()) {
            JsonObject record = BleList.record(fetched.author().fingerprint(), file.listed())
                    .add("signedAt", signed.toString())
                    .add(
                            "output",
                            session.shell().path(destination.file.orElse("-")).toString())
                    .add("bytes", meter.moved())
                    .add("before", file.before())
                    .add("cuts", fetched.cuts())
                    .add("millis", meter.took().toMillis());
            session.output().record(record);
        }
    }
}
