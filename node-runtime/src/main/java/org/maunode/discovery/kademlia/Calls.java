package org.maunode.discovery.kademlia;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The calls that are out, the oldest first. */
final class Calls {
    /** What a call is for. */
    sealed interface Purpose {
        /** A lookup goes on with its outcome. */
        record Search(Lookup lookup, Attempt attempt) implements Purpose {}

        /** A node of a full bucket is to show that it lives. */
        record Check(int bucket) implements Purpose {}

        /** A caller's address is proved. */
        record CallBack() implements Purpose {}

        /** A node that we were told to begin with. */
        record Greeting() implements Purpose {}
    }

    /** One call; {@code reach} is what its name, if it is one, may resolve to. */
    record Call(long number, Told told, Id id, Purpose purpose, long timeoutAt) {}

    private final long timeout;
    private final Map<Long, Call> out = new LinkedHashMap<>();
    private long last;

    /** @param timeout in milliseconds */
    Calls(long timeout) {
        this.timeout = timeout;
    }

    Call open(Told told, Purpose purpose, long now) {
        Id id = Id.of(told.contact().fingerprint());
        Call call = new Call(++last, told, id, purpose, now + timeout);
        out.put(call.number(), call);
        return call;
    }

    Optional<Call> find(long number) {
        return Optional.ofNullable(out.get(number));
    }

    Optional<Call> close(long number) {
        return Optional.ofNullable(out.remove(number));
    }

    Optional<Call> oldest() {
        return out.isEmpty()
                ? Optional.empty()
                : Optional.of(out.values().iterator().next());
    }

    long deadline() {
        return oldest().map(Call::timeoutAt).orElse(Engine.NEVER);
    }

    int size() {
        return out.size();
    }
}
