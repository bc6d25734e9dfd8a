package io.millrace.cli.format;

import com.google.protobuf.ByteString;
import io.millrace.cli.session.CommandFailure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How a record looks as bytes: text with fields in it, like kcat's. Fields are `%k` key, `%v` (or `%s`) value, `%h` headers as
 * `name=value,name=value`, `%t` topic, `%p` partition, `%o` offset, `%T` timestamp in milliseconds since the epoch, `%K` and `%S`
 * the lengths of key and value in bytes, -1 for a null one. `%%` is a percent sign; `\n \r \t \0 \\` and `\xHH` are bytes.
 */
public record RecordFormat(List<FormatElement> elements) {
    public static final String LINE_PER_VALUE = "%v\\n";

    /** Reads a format; a mistake in it is a usage failure. */
    public static RecordFormat parse(String text) {
        return new Parser(text).parse();
    }

    boolean has(Field field) {
        return elements.contains(new FormatElement.Part(field));
    }

    /** Gathers the bytes between two fields into one literal. */
    private static final class Parser {
        private final String text;
        private final List<FormatElement> elements = new ArrayList<>();
        private final ByteArrayOutputStream literal = new ByteArrayOutputStream();
        private int at;

        Parser(String text) {
            this.text = text;
        }

        RecordFormat parse() {
            while (at < text.length()) {
                switch (text.charAt(at)) {
                    case '%' -> field();
                    case '\\' -> escape();
                    default -> plain();
                }
            }
            endLiteral();
            return new RecordFormat(List.copyOf(elements));
        }

        private void field() {
            char letter = following("%");
            if (letter == '%') {
                literal.write('%');
                return;
            }
            Field field = Field.of(letter)
                    .orElseThrow(() -> wrong("%" + letter + " is none of %k %v %h %t %p %o %T %K %S %%"));
            endLiteral();
            elements.add(new FormatElement.Part(field));
        }

        private void escape() {
            char letter = following("\\");
            switch (letter) {
                case 'n' -> literal.write('\n');
                case 'r' -> literal.write('\r');
                case 't' -> literal.write('\t');
                case '0' -> literal.write('\0');
                case '\\' -> literal.write('\\');
                case 'x' -> literal.write(hex());
                default -> throw wrong("\\" + letter + " is none of \\n \\r \\t \\0 \\\\ \\xHH");
            }
        }

        private int hex() {
            int high = Character.digit(following("\\x"), 16);
            int low = Character.digit(following("\\x"), 16);
            if (high < 0 || low < 0) {
                throw wrong("\\x wants two hexadecimal digits");
            }
            return high << 4 | low;
        }

        private void plain() {
            int character = text.codePointAt(at);
            literal.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
            at += Character.charCount(character);
        }

        /** The character behind the current one, which it steps over. */
        private char following(String introducer) {
            at += at < text.length() && introducer.length() == 1 ? 1 : 0;
            if (at >= text.length()) {
                throw wrong("it ends behind " + introducer);
            }
            return text.charAt(at++);
        }

        private void endLiteral() {
            if (literal.size() > 0) {
                elements.add(new FormatElement.Literal(ByteString.copyFrom(literal.toByteArray())));
                literal.reset();
            }
        }

        private CommandFailure wrong(String why) {
            return CommandFailure.usage("The format \"" + text + "\" does not work: " + why + ".");
        }
    }
}
