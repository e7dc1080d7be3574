package org.maunode.http;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;

/**
 * The exchange's contract over Bluetooth LE, as a program: {@code [--air[=MTU]] [--http1] [CASE]...}.
 */
final class ExchangeOverRealBle {
    private ExchangeOverRealBle() {}

    public static void main(String[] words) throws Exception {
        List<String> cases = new ArrayList<>(List.of(words));
        boolean http1 = cases.remove("--http1");
        int mtu = 517;
        for (String word : words) {
            if (word.startsWith("--air=")) {
                mtu = Integer.parseInt(word.substring(6));
                cases.remove(word);
            }
        }
        DialerOptions options = http1 ? DialerOptions.DEFAULT.withProtocols(Tls.HTTP_1_1) : DialerOptions.DEFAULT;
        HttpClient.Version version = http1 ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2;
        try (AirLines lines = new AirLines(mtu)) {
            ContractRun run = new ContractRun(System.out, exchange -> lines.wire(exchange, version, options));
            int failed = run.run(name -> cases.isEmpty() || cases.contains(name));
            System.exit(failed == 0 ? 0 : 1);
        }
    }
}
