package io.millrace.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

class KeyHashTest {
    @Test
    void hashesAsKafkasJavaClientDoes() {
        Random random = new Random(42);
        for (int round = 0; round < 50_000; round++) {
            byte[] key = new byte[random.nextInt(40)];
            random.nextBytes(key);
            assertThat(KeyHash.of(ByteBuffer.wrap(key))).isEqualTo(Utils.murmur2(key));
        }
    }

    @Test
    void leadsKeysToThePartitionsOfKafkasJavaClient() {
        for (int number = 0; number < 20_000; number++) {
            byte[] key = ("key-" + number).getBytes(StandardCharsets.UTF_8);
            int partitions = 1 + number % 97;
            assertThat(KeyHash.partition(ByteBuffer.wrap(key), partitions))
                    .isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions));
        }
    }

    @Test
    void looksOnlyAtTheBytesFromPositionToLimitAndMovesNothing() {
        byte[] key = "earthquake".getBytes(StandardCharsets.UTF_8);
        ByteBuffer within = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        within.put(7, key).position(7).limit(7 + key.length);

        assertThat(KeyHash.of(within)).isEqualTo(Utils.murmur2(key));
        assertThat(within.position()).isEqualTo(7);
    }
}
