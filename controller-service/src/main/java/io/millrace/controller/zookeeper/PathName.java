package io.millrace.controller.zookeeper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Any text as the name of a znode: ASCII letters, digits and {@code -_.:@=+} stand for themselves, every other byte of the
 * text in UTF-8 is {@code %} and two hexadecimal digits. A dot at the beginning is written like that too, as znodes cannot
 * be called {@code .} or {@code ..}.
 */
final class PathName {
    private static final String PLAIN = "-_.:@=+";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int ESCAPE_LENGTH = 3;

    private PathName() {}

    static String escaped(String text) {
        StringBuilder name = new StringBuilder(text.length());
        for (byte b : Text.bytes(text)) {
            boolean hidden = b == '.' && name.isEmpty();
            if (isPlain(b) && !hidden) {
                name.append((char) b);
            } else {
                name.append('%').append(HEX.toHexDigits(b));
            }
        }
        return name.toString();
    }

    /** Throws IllegalArgumentException when an escape is cut off or has other digits. */
    static String unescaped(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(name.length());
        int at = 0;
        while (at < name.length()) {
            if (name.charAt(at) != '%') {
                bytes.writeBytes(Text.bytes(name.substring(at, at + 1)));
                at++;
            } else if (at + ESCAPE_LENGTH <= name.length()) {
                bytes.write(HexFormat.fromHexDigits(name, at + 1, at + ESCAPE_LENGTH));
                at += ESCAPE_LENGTH;
            } else {
                throw new IllegalArgumentException("An escape is cut off at the end of " + name);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isPlain(byte b) {
        boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
        boolean digit = b >= '0' && b <= '9';
        return letter || digit || PLAIN.indexOf(b) >= 0;
    }
}
