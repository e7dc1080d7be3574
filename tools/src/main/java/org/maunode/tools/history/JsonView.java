package org.maunode.tools.history;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.WriterConfig;
import java.io.IOException;
import java.io.Writer;
import org.maunode.device.vocabulary.Batch.Entry;
import org.maunode.device.vocabulary.Readings;

/** One JSON document, written as the readings come. */
final class JsonView implements View {
    private final Writer out;
    private String before = "\n";

    private JsonView(Writer out) {
        this.out = out;
    }

    static View begin(Writer out, Readings channel) throws IOException {
        out.write("{\n" + member("node", channel.node())
                + member("channel", channel.channel().value())
                + member("title", channel.title())
                + member("unit", channel.unit())
                + "  \"readings\": [");
        return new JsonView(out);
    }

    private static String member(String key, String value) {
        return "  \"" + key + "\": " + Json.value(value) + ",\n";
    }

    @Override
    public void reading(Entry entry, long missing) throws IOException {
        JsonObject record = new JsonObject()
                .add("time", entry.at().toString())
                .add("value", Wording.json(entry.sample()))
                .add("quality", entry.quality().word())
                .add("sequence", entry.sequence())
                .add("missing", missing);
        out.write(before + "    " + record.toString(WriterConfig.MINIMAL));
        before = ",\n";
    }

    @Override
    public void end(Tally tally) throws IOException {
        out.write("\n  ],\n  \"statistics\": " + tally.json().toString(WriterConfig.MINIMAL) + "\n}\n");
    }
}
