package org.maunode.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.store.ContentStore;
import org.maunode.store.ContentStore.Partial;
import org.maunode.store.StoreException;

/** A file that is being left here: received beside the content, and verified like a download before it comes in. */
final class StoreDelivery implements Delivery.Open {
    private final ContentStore store;
    private final Intake intake;
    private final Offer offer;
    private final PublicIdentity author;
    private final Partial partial;
    private final WritableByteChannel out;

    StoreDelivery(ContentStore store, Intake intake, Offer offer, PublicIdentity author) {
        this.store = store;
        this.intake = intake;
        this.offer = offer;
        this.author = author;
        this.partial = store.partial(offer.owner());
        this.out = Channels.newChannel(partial.append());
    }

    @Override
    public void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException failed) {
            throw failure(failed);
        }
    }

    private StoreException failure(IOException failed) {
        return StoreException.of("take in " + offer.name(), partial.path(), failed);
    }

    @Override
    public Verdict finish() {
        try {
            out.close();
            return verify();
        } catch (OpenPgpException bad) {
            return unverified(bad.getMessage());
        } catch (IOException failed) {
            throw failure(failed);
        } finally {
            partial.discard();
        }
    }

    private Verdict verify() throws IOException {
        if (offer.sum().isPresent() && !Intake.isWhole(partial, offer.sum().get())) {
            return unverified("its hash is not the announced one");
        }
        boolean replaces = store.find(offer.owner(), offer.name()).isPresent();
        return switch (intake.admit(partial, offer.name(), author).admission()) {
            case ADMITTED -> new Taken(!replaces);
            case ALREADY_HERE -> new Taken(false);
            case OLDER_THAN_OURS -> Refused.of(Refusal.CONFLICT);
        };
    }

    private static Refused unverified(String why) {
        return new Refused(Refusal.UNVERIFIED, why);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException failed) {
            throw failure(failed);
        } finally {
            partial.discard();
        }
    }
}
