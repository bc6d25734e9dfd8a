package io.millrace.cli.bench;

import com.google.protobuf.ByteString;
import io.millrace.v1.ProducerRecord;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Records of a load: letters at random, so that a codec has something to do, but the same ones in every run. */
final class Payload {
    private static final long SEED = 42;

    private Payload() {}

    static List<ProducerRecord> records(int count, int bytes) {
        Random random = new Random(SEED);
        return IntStream.range(0, count)
                .mapToObj(_ -> ProducerRecord.newBuilder()
                        .setValue(letters(random, bytes))
                        .build())
                .toList();
    }

    private static ByteString letters(Random random, int bytes) {
        byte[] letters = new byte[bytes];
        for (int at = 0; at < bytes; at++) {
            letters[at] = (byte) ('a' + random.nextInt(26));
        }
        return ByteString.copyFrom(letters);
    }
}
