package io.millrace.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentitiesTest {
    @Test
    void aPartitionStaysItself() throws MalformedMessageException {
        TopicPartition partition = new TopicPartition("orders", Integer.MAX_VALUE);

        assertThat(Partitions.decode(Partitions.encode(partition))).isEqualTo(partition);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "a\u0000"})
    void aPartitionOfAnIllegalNameIsMalformed(String topic) {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Partitions.decode(io.millrace.internal.v1.TopicPartition.newBuilder()
                        .setTopic(topic)
                        .build()))
                .satisfies(e -> assertThat(e.problem()).contains("topic name").endsWith("."));
    }

    @Test
    void aPartitionBelowZeroIsMalformed() {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Partitions.decode(io.millrace.internal.v1.TopicPartition.newBuilder()
                        .setTopic("orders")
                        .setPartition(-1)
                        .build()));
    }

    @Test
    void anIdHasItsMostSignificantByteFirst() throws MalformedMessageException {
        UUID id = new UUID(0x0102030405060708L, 0x090a0b0c0d0e0f10L);

        ByteString bytes = Ids.encode(new TopicId(id));

        assertThat(bytes.toByteArray()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
        assertThat(Ids.decodeTopicId(bytes)).isEqualTo(new TopicId(id));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 17, 1000})
    void anIdOfAnotherLengthIsMalformed(int length) {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Ids.decode(ByteString.copyFrom(new byte[length])))
                .satisfies(e -> assertThat(e.problem()).contains(Integer.toString(length)));
    }
}
