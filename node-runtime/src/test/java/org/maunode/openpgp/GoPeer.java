package org.maunode.openpgp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** The vectors that the Go reference peer made; their README says how. A missing one fails the test. */
final class GoPeer {
    static final String ALICE = "caeb72ddee0703e1b0d0334f88afa037955d532a";
    static final String BOB = "dd468eb249ab8b6bc36abb351ca223d97e0fc758";

    private GoPeer() {}

    static Path file(String name) {
        URL root = GoPeer.class.getResource("/vectors/go-peer/README.md");
        try {
            return Path.of(root.toURI()).resolveSibling(name);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SecretIdentity alice() {
        return unlock("alice");
    }

    static SecretIdentity bob() {
        return unlock("bob");
    }

    private static SecretIdentity unlock(String name) {
        return SecretIdentity.unlock(
                new ByteArrayInputStream(bytes(name + "/.mau/account.pgp")), (name + " passphrase").toCharArray());
    }
}
