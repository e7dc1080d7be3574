package org.maunode.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

/** What was tried in vain, summed up for people: bounded, however much it was. Confined to one thread. */
final class Failed {
    static final int MAX_TOLD = 4;
    static final int MAX_WHY = 160;

    private record Attempt(Candidate candidate, ExchangeException why) {}

    private final Fingerprint peer;
    private final List<Attempt> attempts = new ArrayList<>();

    Failed(Fingerprint peer) {
        this.peer = peer;
    }

    void add(Candidate candidate, ExchangeException why) {
        attempts.add(new Attempt(candidate, why));
    }

    /** {@code WRONG_IDENTITY} if others answered and nobody else was tried. */
    ExchangeException summary(List<Source> asked, List<Candidate> unanswered) {
        List<String> told = new ArrayList<>();
        attempts.forEach(attempt -> told.add(told(attempt.candidate(), why(attempt))));
        unanswered.forEach(candidate -> told.add(told(candidate, "no answer")));
        if (told.isEmpty()) {
            return new ExchangeException(Reason.UNREACHABLE, nowhere(asked));
        }
        int more = told.size() - MAX_TOLD;
        String first = told.stream().limit(MAX_TOLD).collect(Collectors.joining("; "));
        return new ExchangeException(reason(unanswered), more > 0 ? first + "; and " + more + " more" : first);
    }

    private String nowhere(List<Source> asked) {
        String how = asked.stream().map(source -> source.resolver().name()).collect(Collectors.joining(", "));
        return "no address of " + peer + " is known (asked: " + how + ")";
    }

    private Reason reason(List<Candidate> unanswered) {
        boolean onlyOthers = unanswered.isEmpty()
                && attempts.stream().allMatch(one -> one.why().reason() == Reason.WRONG_IDENTITY);
        return onlyOthers ? Reason.WRONG_IDENTITY : Reason.UNREACHABLE;
    }

    private static String told(Candidate candidate, String why) {
        return HostAndPort.format(candidate.address()) + ": " + why;
    }

    private static String why(Attempt attempt) {
        String words = String.valueOf(attempt.why().getMessage());
        return words.length() <= MAX_WHY ? words : words.substring(0, MAX_WHY) + "...";
    }
}
