package io.millrace.system.client;

import com.google.protobuf.Duration;
import io.grpc.StatusRuntimeException;
import io.millrace.system.client.Attempt.Fate;
import io.millrace.v1.FetchRequest;
import io.millrace.v1.FetchResponse;
import io.millrace.v1.PartitionState;
import io.millrace.v1.Position;
import io.millrace.v1.ProduceRequest;
import io.millrace.v1.ProduceResult;
import io.millrace.v1.ProducerRecord;
import java.util.Collections;
import java.util.List;

/**
 * Unary gRPC calls.
 *
 * @param gateway whom they go to
 */
public record GrpcDoor(Grpc gateway) implements Door {
    private static final int WAIT_SECONDS = 1;
    private static final int RECORDS_MAX = 5_000;

    @Override
    public List<Fate> produce(String topic, int partition, long[] values) {
        ProduceRequest.Builder request = ProduceRequest.newBuilder().setTopic(topic);
        for (long value : values) {
            request.addRecords(
                    ProducerRecord.newBuilder().setPartition(partition).setValue(Recording.bytes(value)));
        }
        try {
            return gateway.producer().produce(request.build()).getResultsList().stream()
                    .map(GrpcDoor::fateOf)
                    .toList();
        } catch (StatusRuntimeException e) {
            return Collections.nCopies(
                    values.length, new Fate.Unknown(e.getStatus().toString()));
        }
    }

    private static Fate fateOf(ProduceResult result) {
        return result.hasError()
                ? Fate.of(result.getError().getKafkaError(), result.getError().getMessage())
                : new Fate.Stored(result.getOffset());
    }

    @Override
    public Page read(String topic, int partitions, String cursor) throws UnansweredException {
        FetchRequest.Builder request = FetchRequest.newBuilder()
                .setMaxRecords(RECORDS_MAX)
                .setMaxWait(Duration.newBuilder().setSeconds(WAIT_SECONDS));
        if (cursor.isEmpty()) {
            for (int partition = 0; partition < partitions; partition++) {
                request.addPositions(Position.newBuilder().setTopic(topic).setPartition(partition));
            }
        } else {
            request.setCursor(cursor);
        }
        try {
            return pageOf(gateway.consumer().fetch(request.build()));
        } catch (StatusRuntimeException e) {
            throw new UnansweredException(e.getStatus().toString());
        }
    }

    private static Page pageOf(FetchResponse response) {
        return new Page(
                response.getRecordsList().stream()
                        .map(record -> new Seen(record.getPartition(), record.getOffset(), Recording.valueOf(record)))
                        .toList(),
                response.getNextCursor(),
                response.getPartitionsList().stream()
                        .filter(PartitionState::hasError)
                        .map(state -> state.getPartition().getPartition() + ": "
                                + state.getError().getMessage())
                        .toList());
    }

    @Override
    public void close() {
        gateway.close();
    }
}
