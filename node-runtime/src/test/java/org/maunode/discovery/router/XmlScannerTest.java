package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.discovery.router.RouterException.Reason;

/** RT-35. */
class XmlScannerTest {
    private static List<String> scan(String document) {
        List<String> heard = new ArrayList<>();
        XmlScanner.scan(document.getBytes(StandardCharsets.ISO_8859_1), new XmlScanner.Handler() {
            @Override
            public void start(String name) {
                heard.add("<" + name);
            }

            @Override
            public void end(String name, String text) {
                heard.add(name + ">" + text);
            }
        });
        return heard;
    }

    @Test
    void elementsAreHeardWithTheirText() {
        assertEquals(List.of("<a", "<b", "b>text", "<c", "c>", "a>"), scan("<a><b> text\n</b><c/></a>"));
    }

    @Test
    void namesAreHeardWithoutTheirPrefix() {
        assertEquals(List.of("<Body", "Body>x"), scan("<s:Body xmlns:s=\"urn:x\" s:a='b\">'>x</s:Body>"));
    }

    @Test
    void prologCommentsAndByteOrderMarkAreReadOver() {
        assertEquals(
                List.of("<a", "a>xy"),
                scan("\u00EF\u00BB\u00BF<?xml version='1.0'?>\r\n<!-- <b> -->\n<a>x<!-- - -->y</a>\n<!-- c -->\n"));
    }

    @Test
    void theFiveEntitiesAreKnown() {
        assertEquals(List.of("<a", "a><&>\"'&lt;"), scan("<a>&lt;&amp;&gt;&quot;&apos;&amp;lt;</a>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "<",
                "<a",
                "<a>",
                "<a></b>",
                "<a></a",
                "<a></a><b/>",
                "<a></a>text",
                "<a></a></a>",
                "</a>",
                "<a><b></a></b>",
                "<a/ >",
                "<a b/>",
                "<a b=c/>",
                "<a b='c/>",
                "<a b=\"<\"/>",
                "<a b='c'd='e'/>",
                "<1a/>",
                "< a/>",
                "<a>&nbsp;</a>",
                "<a>&#65;</a>",
                "<a>&#x41;</a>",
                "<a>&;</a>",
                "<a>&amp</a>",
                "<a>& b</a>",
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
                "<?xml version='1.0'?><!DOCTYPE a SYSTEM 'http://11.22.33.44/'><a/>",
                "<a><![CDATA[b]]></a>",
                "<a><?b c?></a>",
                "<a><!-- b</a>",
                "<?xml <a/>",
                "<a>\u0000</a>",
                "<a>\u001B</a>",
                "<\u00e4/>"
            })
    void everythingElseIsMalformed(String document) {
        Failing.with(Reason.MALFORMED, () -> scan(document));
    }

    @Test
    void thePlaceIsSaid() {
        RouterException wrong = assertThrows(RouterException.class, () -> scan("<a><b></c></a>"));
        assertEquals("a tag that closes another at byte 10 of the document", wrong.getMessage());
    }

    @Test
    void levelsHaveALimit() {
        scan("<a>".repeat(XmlScanner.MAX_DEPTH) + "</a>".repeat(XmlScanner.MAX_DEPTH));
        Failing.with(Reason.OVER_LIMIT, () -> scan("<a>".repeat(XmlScanner.MAX_DEPTH + 1)));
    }

    @Test
    void elementsHaveALimit() {
        scan("<a>" + "<b/>".repeat(XmlScanner.MAX_ELEMENTS - 1) + "</a>");
        Failing.with(Reason.OVER_LIMIT, () -> scan("<a>" + "<b/>".repeat(XmlScanner.MAX_ELEMENTS) + "</a>"));
    }

    @Test
    void namesHaveALimit() {
        scan("<" + "a".repeat(XmlScanner.MAX_NAME) + "/>");
        Failing.with(Reason.OVER_LIMIT, () -> scan("<" + "a".repeat(XmlScanner.MAX_NAME + 1) + "/>"));
    }

    @Test
    void textsHaveALimit() {
        scan("<a>" + "x".repeat(XmlScanner.MAX_TEXT) + "</a>");
        Failing.with(Reason.OVER_LIMIT, () -> scan("<a>" + "x".repeat(XmlScanner.MAX_TEXT + 1) + "</a>"));
    }

    @Test
    void documentsHaveALimit() {
        String document = "<a/>";
        scan(document + " ".repeat(XmlScanner.MAX_BYTES - document.length()));
        Failing.with(
                Reason.OVER_LIMIT, () -> scan(document + " ".repeat(XmlScanner.MAX_BYTES - document.length() + 1)));
    }
}
