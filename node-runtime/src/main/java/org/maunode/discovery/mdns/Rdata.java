package org.maunode.discovery.mdns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Objects;

/** What a record says. */
sealed interface Rdata {
    /** The number of its {@link RecordType}. */
    int type();

    /** PTR: another name. */
    record Pointer(Name target) implements Rdata {
        public Pointer {
            Objects.requireNonNull(target);
        }

        @Override
        public int type() {
            return RecordType.PTR;
        }
    }

    /**
     * SRV: where a service is (RFC 2782).
     *
     * @param port 0 to 65,535
     */
    record Service(int priority, int weight, int port, Name target) implements Rdata {
        public Service {
            Objects.requireNonNull(target);
        }

        @Override
        public int type() {
            return RecordType.SRV;
        }
    }

    /** A or AAAA. */
    record Address(InetAddress address) implements Rdata {
        public Address {
            Objects.requireNonNull(address);
        }

        @Override
        public int type() {
            return address instanceof Inet4Address ? RecordType.A : RecordType.AAAA;
        }
    }

    /**
     * Anything else; names in it are not looked into.
     *
     * @param bytes each character is one
     */
    record Opaque(int type, String bytes) implements Rdata {
        public Opaque {
            Objects.requireNonNull(bytes);
        }
    }
}
