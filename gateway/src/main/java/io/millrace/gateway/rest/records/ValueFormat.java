package io.millrace.gateway.rest.records;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** As what a reader wants keys or values, which carry no type of their own. */
public enum ValueFormat {
    /** JSON where the bytes are that, else STRING where they are UTF-8, else BINARY. */
    AUTO,
    /** STRING where the bytes are UTF-8, else BINARY. */
    STRING,
    /** BINARY, always. */
    BINARY;

    /** The formats by their names in a query; {@code json} is what AUTO does for JSON. */
    public static SequencedMap<String, ValueFormat> names() {
        SequencedMap<String, ValueFormat> names = new LinkedHashMap<>();
        names.put("auto", AUTO);
        names.put("json", AUTO);
        names.put("string", STRING);
        names.put("binary", BINARY);
        return names;
    }
}
