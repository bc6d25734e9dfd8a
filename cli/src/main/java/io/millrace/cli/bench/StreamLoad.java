package io.millrace.cli.bench;

import io.millrace.cli.session.Connection;
import io.millrace.cli.stream.AckListener;
import io.millrace.cli.stream.RecordStream;
import io.millrace.v1.ProduceResult;
import io.millrace.v1.ProducerRecord;
import java.util.List;

/** One client with one produce stream, always as many batches on the way as the credit allows. */
final class StreamLoad implements AckListener {
    private final Course course;
    private final List<ProducerRecord> records;
    private final int valueBytes;
    private final Measurement warmUp = new Measurement();
    private final Measurement measured = new Measurement();
    private volatile long firstMeasuredSequence = Long.MAX_VALUE;

    StreamLoad(Course course, List<ProducerRecord> records, int valueBytes) {
        this.course = course;
        this.records = records;
        this.valueBytes = valueBytes;
    }

    Measurement run(Connection connection, RecordStream.Terms terms) {
        try (RecordStream stream = RecordStream.open(connection.producerStreams(), terms, connection.timeout(), this)) {
            Course.Step step = course.next(records.size());
            while (step != Course.Step.END) {
                if (step == Course.Step.MEASURE && firstMeasuredSequence == Long.MAX_VALUE) {
                    firstMeasuredSequence = stream.nextSequence();
                }
                stream.send(records);
                step = course.next(records.size());
            }
            stream.finish();
        }
        return measured;
    }

    @Override
    public void acknowledged(long sequence, List<ProduceResult> results, long nanosOnTheWay) {
        Measurement part = sequence >= firstMeasuredSequence ? measured : warmUp;
        Outcomes.count(results, valueBytes, nanosOnTheWay, part);
    }
}
