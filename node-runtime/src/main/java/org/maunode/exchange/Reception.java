package org.maunode.exchange;

import java.util.Objects;
import java.util.function.Consumer;
import org.maunode.identity.Fingerprint;

/**
 * Sends each request to whom it concerns. What is asked about peers is answered to callers who have proved who they are,
 * as the Go peer does it: whoever asks the network is part of it (KW-4).
 *
 * @param files answers requests about files
 * @param peers answers requests about peers
 */
public record Reception(Exchange files, Exchange peers) implements Exchange {
    public Reception {
        Objects.requireNonNull(files);
        Objects.requireNonNull(peers);
    }

    @Override
    public Answer answer(Request request, Caller caller) {
        return switch (request) {
            case Request.AboutFiles about -> files.answer(about, caller);
            case Request.AboutPeers about ->
                caller.fingerprint().isPresent()
                        ? peers.answer(about, caller)
                        : new Answer.Refused(Refusal.BAD_REQUEST);
        };
    }

    @Override
    public AutoCloseable onChange(Consumer<Fingerprint> listener) {
        return files.onChange(listener);
    }

    @Override
    public Delivery accept(Delivery.Offer offer, Caller caller) {
        return files.accept(offer, caller);
    }
}
