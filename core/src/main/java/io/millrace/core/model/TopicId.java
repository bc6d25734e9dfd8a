package io.millrace.core.model;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * The identity of one topic, new for each creation, so that a topic deleted and created again under its old name is
 * another topic. Its text form is Kafka's: 22 characters of URL-safe base64 (KIP-516).
 */
public record TopicId(UUID uuid) {
    private static final int BYTES = 16;

    /** Reads the text form; throws IllegalArgumentException when it is none. */
    public static TopicId parse(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("A topic id has 16 bytes; '" + text + "' has " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new TopicId(new UUID(buffer.getLong(), buffer.getLong()));
    }

    @Override
    public String toString() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }
}
