package io.millrace.gateway.produce;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.core.model.ProducerIdSpace;
import io.millrace.core.records.ProducerStamp;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * What tells the records of a request from all others, so that they are stored once, however often the request comes and
 * through whichever gateways. The records of it that go to one partition are the one batch of a producer whose id is derived
 * from this, so the leader of the partition recognises it (KIP-98), and gateways keep nothing.
 *
 * @param scope what kind of name it is: names of different kinds never mean the same
 * @param name as the client has chosen it
 * @param part of the request, which must be cut into parts in the same way each time
 */
public record RecordIdentity(String scope, String name, long part) {
    private static final int NAME_LENGTH_MAX = 255;
    private static final short EPOCH = 0;

    /** The first part of a request. */
    public static RecordIdentity of(String scope, String name) {
        return new RecordIdentity(scope, name, 0);
    }

    /** What is wrong with a name, as a sentence. */
    public static Optional<String> problemOf(String name) {
        return name.isEmpty() || name.length() > NAME_LENGTH_MAX
                ? Optional.of("It has 1 to " + NAME_LENGTH_MAX + " characters.")
                : Optional.empty();
    }

    RecordIdentity withPart(long number) {
        return new RecordIdentity(scope, name, number);
    }

    /** All parts have the same partition, where records neither name one nor have a key. */
    int partition(int partitionCount) {
        return (int) Long.remainderUnsigned(hash(scope, name), partitionCount);
    }

    ProducerStamp stamp() {
        long hash = hash(scope, name, Long.toString(part));
        return new ProducerStamp(
                ProducerIdSpace.DERIVED_MIN | (hash & (ProducerIdSpace.DERIVED_MIN - 1)), EPOCH, 0, false);
    }

    private static long hash(String... texts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                byte[] bytes = text.getBytes(UTF_8);
                sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
                sha.update(bytes);
            }
            return ByteBuffer.wrap(sha.digest()).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
