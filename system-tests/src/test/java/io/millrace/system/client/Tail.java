package io.millrace.system.client;

import io.grpc.StatusRuntimeException;
import io.millrace.v1.FetchRequest;
import io.millrace.v1.FetchResponse;
import io.millrace.v1.PartitionState;
import io.millrace.v1.Position;
import io.millrace.v1.Record;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Reads a topic from its beginning and on and on, page by page, each page from the next gateway, until it is stopped. */
public final class Tail implements AutoCloseable {
    private static final int WAIT_SECONDS = 1;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(50);

    private final String topic;
    private final int partitions;
    private final List<Grpc> gateways;
    private final Queue<Record> records = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Thread reader;
    private volatile boolean stopped;

    private Tail(String topic, int partitions, List<Grpc> gateways) {
        this.topic = topic;
        this.partitions = partitions;
        this.gateways = List.copyOf(gateways);
        this.reader = Thread.ofVirtual().unstarted(this::read);
    }

    /** Begins to read partitions 0 to {@code partitions - 1}. */
    public static Tail start(String topic, int partitions, List<Grpc> gateways) {
        Tail tail = new Tail(topic, partitions, gateways);
        tail.reader.start();
        return tail;
    }

    /** What it has read so far. */
    public List<Record> records() {
        return List.copyOf(records);
    }

    /** How much it has read so far. */
    public int size() {
        return records.size();
    }

    /** What went wrong, in words; it goes on after each. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        String cursor = "";
        for (int page = 0; !stopped; page++) {
            int failuresBefore = failures.size();
            try {
                FetchResponse response =
                        gateways.get(page % gateways.size()).consumer().fetch(request(cursor));
                response.getPartitionsList().stream()
                        .filter(PartitionState::hasError)
                        .map(state -> state.getPartition().getPartition() + ": "
                                + state.getError().getMessage())
                        .forEach(failures::add);
                records.addAll(response.getRecordsList());
                cursor = response.getNextCursor();
            } catch (StatusRuntimeException e) {
                failures.add(e.getStatus().toString());
            }
            if (failures.size() > failuresBefore) {
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    private FetchRequest request(String cursor) {
        FetchRequest.Builder request = FetchRequest.newBuilder()
                .setMaxRecords(5_000)
                .setMaxWait(com.google.protobuf.Duration.newBuilder().setSeconds(WAIT_SECONDS));
        if (!cursor.isEmpty()) {
            return request.setCursor(cursor).build();
        }
        for (int partition = 0; partition < partitions; partition++) {
            request.addPositions(Position.newBuilder().setTopic(topic).setPartition(partition));
        }
        return request.build();
    }
}
