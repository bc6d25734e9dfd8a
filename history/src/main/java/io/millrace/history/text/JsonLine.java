package io.millrace.history.text;

import io.millrace.history.ReadRecords;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of the text: its values are taken out by key, and {@link #ensureEmpty} refuses what nobody asked for. */
final class JsonLine {
    private final long number;
    private final Map<String, Object> values = new LinkedHashMap<>();

    private JsonLine(long number) {
        this.number = number;
    }

    static JsonLine parse(long number, String text) throws HistoryFormatException {
        JsonLine line = new JsonLine(number);
        new JsonLineParser(number, text).parse((key, value) -> line.values.put(key, value) == null);
        return line;
    }

    long number() {
        return number;
    }

    /** What sort of line it is: its first key. */
    String sort() throws HistoryFormatException {
        if (values.isEmpty()) {
            throw refuse("an empty object");
        }
        return values.keySet().iterator().next();
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    long takeLong(String key) throws HistoryFormatException {
        if (values.remove(key) instanceof Long value) {
            return value;
        }
        throw refuse("needs a number as \"" + key + "\"");
    }

    int takeInt(String key) throws HistoryFormatException {
        long value = takeLong(key);
        if (value != (int) value) {
            throw refuse("\"" + key + "\" is too large");
        }
        return (int) value;
    }

    String takeString(String key) throws HistoryFormatException {
        if (values.remove(key) instanceof String value) {
            return value;
        }
        throw refuse("needs a text as \"" + key + "\"");
    }

    <E extends Enum<E>> E takeName(String key, Class<E> names) throws HistoryFormatException {
        String name = takeString(key);
        for (E value : names.getEnumConstants()) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        throw refuse("\"" + key + "\" cannot be " + name);
    }

    /** Null when the key is not there. */
    @Nullable
    ReadRecords takeRecords(String key) throws HistoryFormatException {
        Object value = values.remove(key);
        if (value == null || value instanceof ReadRecords) {
            return (ReadRecords) value;
        }
        throw refuse("needs a list of offsets and values as \"" + key + "\"");
    }

    void ensureEmpty() throws HistoryFormatException {
        if (!values.isEmpty()) {
            throw refuse("unknown keys " + values.keySet());
        }
    }

    HistoryFormatException refuse(String problem) {
        return new HistoryFormatException(number, problem);
    }
}
