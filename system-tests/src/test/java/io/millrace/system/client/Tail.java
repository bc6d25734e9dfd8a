package io.millrace.system.client;

import io.grpc.StatusRuntimeException;
import io.millrace.history.ReadRecords;
import io.millrace.v1.FetchRequest;
import io.millrace.v1.FetchResponse;
import io.millrace.v1.PartitionState;
import io.millrace.v1.Position;
import io.millrace.v1.Record;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Reads a topic from its beginning and on and on, page by page, each page from the next gateway, until it is stopped. */
public final class Tail implements AutoCloseable {
    private static final int WAIT_SECONDS = 1;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(50);

    private final Recording recording;
    private final List<Grpc> gateways;
    private final int consumer;
    private final long[] positions;
    private final LongAdder read = new LongAdder();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Thread reader;
    private volatile boolean stopped;

    private Tail(Recording recording, List<Grpc> gateways) {
        this.recording = recording;
        this.gateways = List.copyOf(gateways);
        this.consumer = recording.recorder().consumer("tail");
        this.positions = new long[recording.partitions()];
        this.reader = Thread.ofVirtual().unstarted(this::read);
    }

    /** Begins to read all partitions of the recording's topic. */
    public static Tail start(Recording recording, List<Grpc> gateways) {
        Tail tail = new Tail(recording, gateways);
        tail.reader.start();
        return tail;
    }

    /** How much it has read so far. */
    public long size() {
        return read.sum();
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
            long invoked = System.nanoTime();
            try {
                FetchResponse response =
                        gateways.get(page % gateways.size()).consumer().fetch(request(cursor));
                response.getPartitionsList().stream()
                        .filter(PartitionState::hasError)
                        .map(state -> state.getPartition().getPartition() + ": "
                                + state.getError().getMessage())
                        .forEach(failures::add);
                record(response, invoked);
                cursor = response.getNextCursor();
            } catch (StatusRuntimeException e) {
                failures.add(e.getStatus().toString());
            }
            if (failures.size() > failuresBefore) {
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    private void record(FetchResponse response, long invoked) {
        long ended = System.nanoTime();
        List<ReadRecords> byPartition =
                Stream.generate(ReadRecords::new).limit(positions.length).toList();
        for (Record record : response.getRecordsList()) {
            Recording.add(byPartition.get(record.getPartition()), record);
        }
        for (int partition = 0; partition < positions.length; partition++) {
            ReadRecords records = byPartition.get(partition);
            if (records.size() > 0) {
                recording
                        .recorder()
                        .polled(consumer, recording.id(partition), positions[partition], invoked, ended, records);
                positions[partition] = records.offset(records.size() - 1) + 1;
                read.add(records.size());
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
        for (int partition = 0; partition < positions.length; partition++) {
            request.addPositions(
                    Position.newBuilder().setTopic(recording.topic()).setPartition(partition));
        }
        return request.build();
    }
}
