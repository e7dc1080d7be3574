package org.maunode.discovery.router;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.maunode.discovery.router.RouterException.Reason;

/** What a service answers (UPnP Device Architecture 1.1, 3.2.2 to 3.2.5): results by their names, or an error's number. */
final class SoapAnswer implements XmlScanner.Handler {
    static final int MAX_BYTES = 16 * 1024;

    private static final Pattern CODE = Pattern.compile("[0-9]{3}");

    private final Map<String, String> results = new HashMap<>();

    private SoapAnswer() {}

    /**
     * The results of {@code action}.
     *
     * @throws RouterException with what the router's error means, or {@code MALFORMED}
     */
    static Map<String, String> results(HttpReply reply, String action) {
        SoapAnswer answer = new SoapAnswer();
        XmlScanner.scan(reply.body(), answer);
        if (reply.status() == HttpReply.OK && answer.results.containsKey(action + "Response")) {
            return answer.results;
        }
        String code = answer.results.getOrDefault("errorCode", "");
        if (!CODE.matcher(code).matches()) {
            throw new RouterException(Reason.MALFORMED, "neither an answer to " + action + " nor an error");
        }
        throw refusal(action, Integer.parseInt(code));
    }

    /** The tables of errors of WANIPConnection:1, 2.4.16, and WANIPConnection:2, 2.5.16. */
    private static RouterException refusal(String action, int code) {
        return switch (code) {
            case 501 -> new RouterException(Reason.REFUSED, "it failed at " + action);
            case 606 -> new RouterException(Reason.REFUSED, "it does not allow that");
            case 714 -> new RouterException(Reason.NO_SUCH_MAPPING, "it knows of no such mapping");
            case 718, 729 -> new RouterException(Reason.PORT_TAKEN, "the port outside is taken");
            case 724 -> new RouterException(Reason.REFUSED, "it gives no port outside but the same, which is taken");
            case 725 -> new RouterException(Reason.PERMANENT_ONLY, "it keeps mappings for ever or not at all");
            case 728 -> new RouterException(Reason.REFUSED, "it has no room for another mapping");
            default -> new RouterException(Reason.REFUSED, "UPnP error " + code + " at " + action);
        };
    }

    @Override
    public void start(String name) {}

    @Override
    public void end(String name, String text) {
        results.put(name, text);
    }
}
