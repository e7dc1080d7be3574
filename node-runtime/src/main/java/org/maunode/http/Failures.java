package org.maunode.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;

/** What a status or a failure of the wire means to whoever asked: the one table of reasons. */
final class Failures {
    private Failures() {}

    /** Why {@code status} is not an answer. */
    static ExchangeException of(int status, String path) {
        return new ExchangeException(reason(status), "the peer answers " + status + " for " + path);
    }

    /** Why a peer does not take a file that was left there; {@code words} are its own, if it had any. */
    static ExchangeException ofPush(int status, String path, String words) {
        String told = words.isEmpty() ? "" : ": " + words;
        return new ExchangeException(pushReason(status), "the peer answers " + status + " for " + path + told);
    }

    private static Reason pushReason(int status) {
        return switch (status) {
            case HttpStatus.SC_NOT_FOUND, HttpStatus.SC_METHOD_NOT_ALLOWED, HttpStatus.SC_NOT_IMPLEMENTED ->
                Reason.NOT_SUPPORTED;
            case HttpStatus.SC_CONFLICT, HttpStatus.SC_REQUEST_TOO_LONG, 422 -> Reason.REFUSED;
            default -> reason(status);
        };
    }

    private static Reason reason(int status) {
        return switch (status) {
            case HttpStatus.SC_UNAUTHORIZED, HttpStatus.SC_FORBIDDEN -> Reason.NOT_ALLOWED;
            case HttpStatus.SC_NOT_FOUND, HttpStatus.SC_GONE -> Reason.NOT_FOUND;
            case HttpStatus.SC_REQUESTED_RANGE_NOT_SATISFIABLE -> Reason.RANGE;
            case HttpStatus.SC_TOO_MANY_REQUESTS -> Reason.BUSY;
            default -> status >= HttpStatus.SC_SERVER_ERROR ? Reason.BUSY : Reason.PROTOCOL;
        };
    }

    /** Why a connection or a call broke. */
    static ExchangeException of(Throwable cause) {
        return switch (cause) {
            case ExchangeException known -> new ExchangeException(known.reason(), known.getMessage(), known);
            case InterruptedIOException slow -> new ExchangeException(Reason.TIMED_OUT, "no answer in time", slow);
            case HttpException broken -> new ExchangeException(Reason.PROTOCOL, said(broken), broken);
            case IOException broken when broken.getCause() instanceof ExchangeException known -> of(known);
            default -> new ExchangeException(Reason.UNREACHABLE, said(cause), cause);
        };
    }

    private static String said(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
