package org.maunode.tools.account;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What was said of the account on the command line.
 *
 * @param home the account's directory, absolute
 * @param passphraseFile a file whose first line opens the account
 */
public record Settings(Path home, Optional<Path> passphraseFile) {}
