package org.maunode.runtime;

import org.maunode.control.ControlException;
import org.maunode.exchange.ExchangeException;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.store.StoreException;

/** How the daemon and the command line end; the numbers are part of the interface and never change. */
public enum ExitCode {
    OK(0, "done"),
    FAILED(1, "it failed for a reason that no other code names"),
    USAGE(2, "the command line or the input is not understood"),
    NO_ACCOUNT(3, "there is no account, there is one already, or account.pgp is broken"),
    WRONG_PASSPHRASE(4, "the passphrase is missing or does not open the account"),
    ADDRESS_IN_USE(5, "the address or port cannot be listened on"),
    DISK(6, "a disk is full, read-only or not permitted"),
    UNREACHABLE(7, "a peer cannot be reached, or somebody else answers for it"),
    INCOMPLETE(8, "some files were refused, or did not arrive this time"),
    NOT_VERIFIED(9, "a file's signature, author or content is not what it should be"),
    NOT_FOUND(10, "no such file, version, friend or group"),
    NOT_RUNNING(11, "no node runs in this home"),
    NO_BLUETOOTH(12, "there is no Bluetooth adapter, it is switched off, or its use is not allowed"),
    DENIED(13, "a node does not obey a command: no right, expired, out of range, busy, unknown channel"),
    FAULT(14, "a node could not carry out a command, or nobody can say whether it did"),
    UNANSWERED(15, "a command was sent, and no result came in time");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** What the code says, for {@code --help} and the manual. */
    public String meaning() {
        return meaning;
    }

    /** The code for a failure of the account directory. */
    public static ExitCode of(StoreException failure) {
        return switch (failure.reason()) {
            case NO_ACCOUNT, ACCOUNT_EXISTS, BROKEN_ACCOUNT -> NO_ACCOUNT;
            case WRONG_PASSPHRASE -> WRONG_PASSPHRASE;
            case DISK_FULL, NOT_PERMITTED -> DISK;
            case NOT_FOUND -> NOT_FOUND;
            case IN_USE, INPUT_OUTPUT -> FAILED;
        };
    }

    /** The code for a failure to ask a running node. */
    public static ExitCode of(ControlException failure) {
        return failure.reason() == ControlException.Reason.NOT_RUNNING ? NOT_RUNNING : FAILED;
    }

    /** The code for a failure to read OpenPGP data. */
    public static ExitCode of(OpenPgpException failure) {
        return failure.reason() == OpenPgpException.Reason.WRONG_PASSPHRASE ? WRONG_PASSPHRASE : NOT_VERIFIED;
    }

    /** The code for a failure to get something from a peer. */
    public static ExitCode of(ExchangeException failure) {
        return switch (failure.reason()) {
            case UNREACHABLE, TIMED_OUT, BUSY, WRONG_IDENTITY, PROTOCOL -> UNREACHABLE;
            case NOT_ALLOWED, NOT_FOUND, RANGE, OVER_LIMIT, NOT_SUPPORTED, REFUSED -> INCOMPLETE;
        };
    }
}
