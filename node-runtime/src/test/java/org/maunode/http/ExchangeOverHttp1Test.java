package org.maunode.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtendWith;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.ExchangeContract;
import org.maunode.identity.Fingerprint;

@ExtendWith(OwnThreads.class)
final class ExchangeOverHttp1Test extends ExchangeContract {
    @Override
    protected Wire open(Function<Fingerprint, Exchange> exchange) throws IOException {
        return new HttpWire(exchange, HttpClient.Version.HTTP_1_1, DialerOptions.DEFAULT.withProtocols(Tls.HTTP_1_1));
    }
}
