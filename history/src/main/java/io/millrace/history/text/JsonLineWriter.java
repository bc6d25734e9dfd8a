package io.millrace.history.text;

import java.io.IOException;

/** Writes one flat JSON object after the other, each on a line. */
final class JsonLineWriter {
    private final Appendable out;
    private final StringBuilder line = new StringBuilder();

    JsonLineWriter(Appendable out) {
        this.out = out;
    }

    JsonLineWriter put(String key, long value) {
        key(key).append(value);
        return this;
    }

    JsonLineWriter put(String key, Enum<?> value) {
        return put(key, value.name());
    }

    JsonLineWriter put(String key, String value) {
        key(key).append('"');
        for (int i = 0; i < value.length(); i++) {
            putCharacter(value.charAt(i));
        }
        line.append('"');
        return this;
    }

    private void putCharacter(char character) {
        if (character == '"' || character == '\\') {
            line.append('\\').append(character);
        } else if (character < ' ') {
            line.append(String.format("\\u%04x", (int) character));
        } else {
            line.append(character);
        }
    }

    JsonLineWriter openArray(String key) {
        key(key).append('[');
        return this;
    }

    JsonLineWriter element(long value) {
        if (line.charAt(line.length() - 1) != '[') {
            line.append(',');
        }
        line.append(value);
        return this;
    }

    void closeArray() {
        line.append(']');
    }

    void endLine() throws IOException {
        out.append(line.append("}\n"));
        line.setLength(0);
    }

    private StringBuilder key(String key) {
        return line.append(line.isEmpty() ? '{' : ',').append('"').append(key).append("\":");
    }
}
