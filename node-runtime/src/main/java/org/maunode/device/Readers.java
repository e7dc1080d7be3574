package org.maunode.device;

import java.util.List;
import java.util.Objects;
import org.maunode.device.profile.Audience;
import org.maunode.device.profile.Channel;
import org.maunode.device.profile.GroupName;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.store.Keyring;

/** Who may read what a node publishes. */
public sealed interface Readers {
    /** Those of a channel, by its profile; {@code ofTheNode} where that leaves it open. */
    static Readers of(Channel channel, Readers ofTheNode) {
        return switch (channel.readers()) {
            case Audience.OfTheNode _ -> ofTheNode;
            case Audience.Everyone _ -> new Everyone();
            case Audience.Members(GroupName group) -> new Group(group.value());
        };
    }

    /** Signed, not sealed. */
    record Everyone() implements Readers {}

    /** Sealed for one person; for the node alone while that one's key is not valid. */
    record One(PublicIdentity reader) implements Readers {
        public One {
            Objects.requireNonNull(reader);
        }
    }

    /** Sealed for the members that the group has when a file is written; the node itself always reads along. */
    record Group(String name) implements Readers {
        public Group {
            Objects.requireNonNull(name);
        }

        List<PublicIdentity> members(Keyring keyring) {
            return keyring.members(name).stream()
                    .filter(PublicIdentity::canReceive)
                    .toList();
        }
    }
}
