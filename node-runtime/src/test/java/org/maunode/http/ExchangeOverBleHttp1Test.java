package org.maunode.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.ExchangeContract;
import org.maunode.identity.Fingerprint;

/** The exchange over the cable is the exchange (CA-1). */
@ExtendWith(OwnThreads.class)
@Timeout(60)
final class ExchangeOverBleHttp1Test extends ExchangeContract {
    private static AirLines air;

    @BeforeAll
    static void connect() {
        air = new AirLines(247);
    }

    @AfterAll
    static void hangUp() {
        air.close();
    }

    @Override
    protected Wire open(Function<Fingerprint, Exchange> exchange) throws IOException {
        return air.wire(exchange, HttpClient.Version.HTTP_1_1, DialerOptions.DEFAULT.withProtocols(Tls.HTTP_1_1));
    }
}
