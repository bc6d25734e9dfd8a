package io.millrace.cli.format;

import com.google.protobuf.ByteString;

/** One piece of a format. */
sealed interface FormatElement {
    /** Bytes that stand between fields as they are. */
    record Literal(ByteString bytes) implements FormatElement {
        /** The bytes as one would write them in a format. */
        String escaped() {
            StringBuilder text = new StringBuilder();
            for (byte each : bytes) {
                switch (each) {
                    case '\n' -> text.append("\\n");
                    case '\t' -> text.append("\\t");
                    case '\r' -> text.append("\\r");
                    case '\0' -> text.append("\\0");
                    default -> {
                        if (each >= ' ' && each < 127) {
                            text.append((char) each);
                        } else {
                            text.append(String.format("\\x%02x", each & 0xff));
                        }
                    }
                }
            }
            return text.toString();
        }
    }

    /** A part of the record. */
    record Part(Field field) implements FormatElement {}
}
