package io.millrace.history.text;

import io.millrace.history.ReadRecords;

/** Parses the part of JSON that the format uses: one object of whole numbers, texts and one kind of list. */
final class JsonLineParser {
    /** Takes a Long, a String or ReadRecords; false when the key was there before. */
    interface Fields {
        boolean put(String key, Object value);
    }

    private static final int UNICODE_DIGITS = 4;

    private final long line;
    private final String text;
    private int at;

    JsonLineParser(long line, String text) {
        this.line = line;
        this.text = text;
    }

    void parse(Fields fields) throws HistoryFormatException {
        expect('{');
        do {
            String key = string();
            expect(':');
            if (!fields.put(key, value())) {
                throw refuse("\"" + key + "\" comes twice");
            }
        } while (goesOn('}'));
        if (at != text.length()) {
            throw refuse("text after the object");
        }
    }

    private Object value() throws HistoryFormatException {
        return switch (peek()) {
            case '"' -> string();
            case '[' -> records();
            default -> number();
        };
    }

    private ReadRecords records() throws HistoryFormatException {
        ReadRecords records = new ReadRecords();
        expect('[');
        if (peek() == ']') {
            at++;
            return records;
        }
        do {
            long offset = number();
            expect(',');
            records.add(offset, number());
        } while (goesOn(']'));
        return records;
    }

    private long number() throws HistoryFormatException {
        int start = at;
        while (at < text.length() && (text.charAt(at) == '-' || Character.isDigit(text.charAt(at)))) {
            at++;
        }
        try {
            return Long.parseLong(text, start, at, 10);
        } catch (NumberFormatException notANumber) {
            throw refuse("a number is due at column " + (start + 1));
        }
    }

    private String string() throws HistoryFormatException {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            string.append(character());
        }
        at++;
        return string.toString();
    }

    private char character() throws HistoryFormatException {
        char character = next();
        if (character != '\\') {
            return character;
        }
        char escaped = next();
        return switch (escaped) {
            case '"', '\\' -> escaped;
            case 'u' -> unicode();
            default -> throw refuse("an unknown escape \\" + escaped);
        };
    }

    private char unicode() throws HistoryFormatException {
        if (at + UNICODE_DIGITS > text.length()) {
            throw refuse("the line ends too early");
        }
        try {
            char character = (char) Integer.parseInt(text, at, at + UNICODE_DIGITS, 16);
            at += UNICODE_DIGITS;
            return character;
        } catch (NumberFormatException notANumber) {
            throw refuse("an unknown escape at column " + (at + 1));
        }
    }

    /** Whether a comma follows, rather than the end of what is being read. */
    private boolean goesOn(char end) throws HistoryFormatException {
        char character = next();
        if (character != ',' && character != end) {
            throw refuse("',' or '" + end + "' is due at column " + at);
        }
        return character == ',';
    }

    private void expect(char due) throws HistoryFormatException {
        if (next() != due) {
            throw refuse("'" + due + "' is due at column " + at);
        }
    }

    private char next() throws HistoryFormatException {
        char character = peek();
        at++;
        return character;
    }

    private char peek() throws HistoryFormatException {
        if (at >= text.length()) {
            throw refuse("the line ends too early");
        }
        return text.charAt(at);
    }

    private HistoryFormatException refuse(String problem) {
        return new HistoryFormatException(line, problem);
    }
}
