package org.maunode.tools;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;
import org.maunode.ble.gatt.GattException;
import org.maunode.control.ControlException;
import org.maunode.device.profile.Problem;
import org.maunode.device.profile.ProfileException;
import org.maunode.exchange.ExchangeException;
import org.maunode.identity.InvalidNameException;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.runtime.ExitCode;
import org.maunode.store.StoreException;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What a failure means to a person: an exit code, one line, and what to do. Every way in which the rooms fail ends here;
 * what does not is a defect.
 */
record Failures(ExitCode code, String line, Optional<String> hint) {
    static Failures of(Throwable failure) {
        return switch (failure) {
            case ToolException known -> new Failures(known.code(), known.getMessage(), known.hint());
            case StoreException disk -> new Failures(ExitCode.of(disk), disk.getMessage(), hint(disk));
            case OpenPgpException refused -> new Failures(ExitCode.of(refused), refused.getMessage(), Optional.empty());
            case ExchangeException peer -> new Failures(ExitCode.of(peer), peer.getMessage(), Optional.empty());
            case ControlException node -> new Failures(ExitCode.of(node), node.getMessage(), hint(node));
            case GattException radio -> new Failures(code(radio), radio.getMessage(), hint(radio));
            case ProfileException profile -> profile(profile);
            case InvalidNameException name -> usage(name.getMessage(), Optional.empty());
            case ParameterException words -> usage(words(words), Optional.of(help(words)));
            case BindException taken ->
                new Failures(ExitCode.ADDRESS_IN_USE, taken.getMessage(), Optional.of("choose another with --port"));
            case IOException io -> io(io);
            case InterruptedException _ -> new Failures(ExitCode.FAILED, "interrupted", Optional.empty());
            default -> defect(failure);
        };
    }

    /** The first mistake stands for all. */
    private static Failures profile(ProfileException refusal) {
        Problem first = refusal.problems().getFirst();
        if (refusal.reason() == ProfileException.Reason.UNREADABLE) {
            return new Failures(
                    ExitCode.NOT_FOUND, first.source() + ": " + first.message(), Optional.of(first.suggestion()));
        }
        String place = "%s:%d:%d: ".formatted(first.source(), first.line(), first.column());
        int more = refusal.problems().size() - 1;
        return usage(
                place + first.message(),
                Optional.of(first.suggestion() + (more == 0 ? "" : "; mau profile check tells " + more + " more")));
    }

    private static Failures usage(String line, Optional<String> hint) {
        return new Failures(ExitCode.USAGE, line, hint);
    }

    private static Failures defect(Throwable failure) {
        return new Failures(
                ExitCode.FAILED,
                "unexpected: " + failure,
                Optional.of("this is a defect; --log debug shows where, please report it"));
    }

    boolean isDefect() {
        return line.startsWith("unexpected: ");
    }

    /** The messages of the store say what to do where it knows; these are the ones where the command line knows more. */
    private static Optional<String> hint(StoreException failure) {
        return switch (failure.reason()) {
            case WRONG_PASSPHRASE -> Optional.of("was the right --home and --passphrase-file given?");
            default -> Optional.empty();
        };
    }

    private static Optional<String> hint(ControlException failure) {
        return switch (failure.reason()) {
            case NOT_RUNNING -> Optional.of("bin/run starts one");
            case BUSY -> Optional.of("try again");
            default -> Optional.empty();
        };
    }

    private static ExitCode code(GattException failure) {
        return switch (failure.reason()) {
            case NO_ADAPTER, NOT_ALLOWED -> ExitCode.NO_BLUETOOTH;
            case NOT_FOUND, NOT_CONNECTED, NOT_A_NODE, TIMED_OUT -> ExitCode.UNREACHABLE;
            case INTERRUPTED -> ExitCode.FAILED;
        };
    }

    private static Optional<String> hint(GattException failure) {
        return switch (failure.reason()) {
            case NO_ADAPTER ->
                Optional.of("bluetoothctl list tells the adapters, bluetoothctl power on switches one on");
            case NOT_ALLOWED -> Optional.of("are you in the group that D-Bus lets use Bluetooth?");
            case NOT_FOUND -> Optional.of("is it near and switched on? mau ble scan tells who is heard");
            default -> Optional.empty();
        };
    }

    private static Failures io(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing ->
                new Failures(ExitCode.NOT_FOUND, missing.getFile() + ": no such file or directory", Optional.empty());
            case AccessDeniedException denied ->
                new Failures(ExitCode.DISK, denied.getFile() + ": permission denied", Optional.empty());
            case FileSystemException file
            when file.getReason() != null ->
                new Failures(code(file), file.getFile() + ": " + lowered(file.getReason()), Optional.empty());
            default -> new Failures(code(failure), lowered(String.valueOf(failure.getMessage())), Optional.empty());
        };
    }

    /** The JDK tells a full disk by the system's words alone. */
    private static ExitCode code(IOException failure) {
        String words = String.valueOf(failure.getMessage());
        boolean disk = words.contains("No space left")
                || words.contains("Read-only file system")
                || words.contains("Disk quota exceeded");
        return disk ? ExitCode.DISK : ExitCode.FAILED;
    }

    private static String words(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException many && !many.isUnknownOption()) {
            return "\"" + many.getUnmatched().getFirst() + "\" is a word too many";
        }
        return lowered(failure.getMessage()).replaceAll("\\s+", " ");
    }

    private static String help(ParameterException failure) {
        return "see " + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    }

    private static String lowered(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }
}
