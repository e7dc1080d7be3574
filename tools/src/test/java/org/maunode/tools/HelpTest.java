package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.command.Catalogue;

class HelpTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void begin() {
        cli = new Cli(directory, "nobody");
    }

    @Test
    void tellsEveryCommandAndEveryExitCode() {
        String overview = cli.mau("--help").ok().out();
        for (Catalogue entry : Catalogue.values()) {
            assertTrue(overview.contains("\n  " + entry.word() + " "), entry.word());
        }
        for (ExitCode code : ExitCode.values()) {
            assertTrue(overview.contains(code.meaning()), code.meaning());
        }
        assertEquals(overview, cli.mau("help").ok().out());
        assertEquals(overview, cli.mau("-h").ok().out());
    }

    @Test
    void anEmptyCommandLineIsAnErrorThatTellsTheCommands() {
        Result result = cli.mau();
        assertEquals(ExitCode.USAGE.code(), result.code());
        assertEquals("", result.out());
        assertTrue(result.err().startsWith("usage: mau "), result.err());
    }

    @ParameterizedTest
    @EnumSource(Catalogue.class)
    void everyCommandTellsItsOptionsWithoutAnAccount(Catalogue entry) {
        String help = cli.mau(entry.word(), "--help").ok().out();
        assertTrue(help.startsWith("Usage: mau " + entry.word()), help);
        assertTrue(help.contains(entry.summary()), help);
        assertTrue(help.contains("--home=DIR"), help);
        assertEquals(help, cli.mau("help", entry.word()).ok().out());
    }

    @Test
    void guessesTheCommandThatWasMeant() {
        cli.mau("frends").failed(ExitCode.USAGE, "mau: there is no command \"frends\"; did you mean friends?");
        cli.mau("whoami").failed(ExitCode.USAGE, "mau: there is no command \"whoami\"; mau --help lists the commands");
    }

    @Test
    void anUnknownOptionIsNamed() {
        cli.mau("show", "--colour").failed(ExitCode.USAGE, "mau: unknown option: '--colour'; see mau show --help");
    }

    @Test
    void aMissingValueIsNamed() {
        cli.mau("files", "-fingerprint")
                .failed(
                        ExitCode.USAGE,
                        "mau: missing required parameter for option '--fingerprint' (WHO); see mau files --help");
    }

    @Test
    void aWordTooManyIsNamed() {
        cli.mau("show", "me").failed(ExitCode.USAGE, "mau: \"me\" is a word too many; see mau show --help");
    }

    @Test
    void anUnknownLogLevelIsNamed() {
        cli.mau("--log", "loud", "show")
                .failed(ExitCode.USAGE, "mau: --log loud: not error, warn, info, debug or trace");
    }

    @Test
    void fileNamesAreNeverReadAsArguments() {
        cli.file("words", "show");
        cli.mau("@words").failed(ExitCode.USAGE, "mau: there is no command \"@words\"; mau --help lists the commands");
    }

    @Test
    void printsItsVersion() {
        String version = cli.mau("version", "--json").ok().json().asObject().getString("version", "");
        assertTrue(version.matches("\\d+\\.\\d+\\.\\d+.*"), version);
        assertEquals("mau " + version + "\n", cli.mau("--version").ok().out());
    }

    @Test
    void completesEveryCommand() {
        String script = cli.mau("completion").ok().out();
        for (Catalogue entry : Catalogue.values()) {
            assertTrue(script.contains(entry.word()), entry.word());
        }
    }
}
