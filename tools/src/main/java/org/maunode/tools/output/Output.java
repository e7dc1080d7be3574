package org.maunode.tools.output;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.WriterConfig;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.shell.Shell;
import org.maunode.tools.shell.ToolException;

/**
 * What a command says: data on standard output, as lines or as one JSON document; speech on standard error. Everything
 * but {@link #data()} is made printable on the way. Confined to the command's thread, but for {@link #say} and
 * {@link #warn}.
 */
public final class Output {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final PrintStream out;
    private final PrintStream err;
    private final ZoneId zone;
    private final boolean json;
    private final boolean quiet;

    /**
     * @param json data as JSON
     * @param quiet no speech but warnings and errors
     */
    public Output(Shell shell, boolean json, boolean quiet) {
        this.out = Objects.requireNonNull(shell.out());
        this.err = Objects.requireNonNull(shell.err());
        this.zone = shell.zone();
        this.json = json;
        this.quiet = quiet;
    }

    public boolean isJson() {
        return json;
    }

    public boolean isQuiet() {
        return quiet;
    }

    /** Tells how things go. */
    public void say(String words) {
        if (!quiet) {
            err.println("mau: " + Printable.line(words));
        }
    }

    /** Tells what a person should know even if all went well. */
    public void warn(String words) {
        err.println("mau: warning: " + Printable.line(words));
    }

    /** Prints the one record that is a command's result. */
    public void record(JsonObject record, String... lines) {
        if (json) {
            document(record);
            return;
        }
        for (String line : lines) {
            line(line);
        }
    }

    /** Prints one line of data, whatever the format. */
    public void line(String text) {
        out.println(Printable.text(text));
        check();
    }

    /** Prints a JSON document on one line. */
    public void jsonLine(JsonObject record) {
        out.println(record);
        check();
    }

    private void document(JsonObject record) {
        out.println(record.toString(WriterConfig.PRETTY_PRINT));
        check();
    }

    void raw(String text) {
        out.print(text);
        check();
    }

    /** Begins a list of records. */
    public Rows rows() {
        return json ? new Rows.JsonArray(this) : new Rows.Table(this, Optional.empty());
    }

    /** Begins a list of records; what a person is told if none comes. */
    public Rows rows(String none) {
        return json ? new Rows.JsonArray(this) : new Rows.Table(this, Optional.of(none));
    }

    /** Standard output for bytes as they are; a write that fails says so. */
    public OutputStream data() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                out.write(b);
                check();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                out.write(bytes, offset, length);
                check();
            }

            @Override
            public void flush() {
                check();
            }
        };
    }

    /** A print stream keeps its failures to itself until it is asked. */
    private void check() {
        if (out.checkError()) {
            throw new ToolException(
                    ExitCode.DISK, "standard output cannot be written", "is its disk full, or did its reader go away?");
        }
    }

    /** A time as a person here reads it. */
    public String time(Instant time) {
        return LOCAL.format(time.atZone(zone));
    }
}
