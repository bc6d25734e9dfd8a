package io.millrace.cli.bench;

import io.millrace.cli.session.Connection;
import io.millrace.cli.stream.RecordStream;
import io.millrace.v1.ProduceRequest;
import io.millrace.v1.ProducerRecord;
import java.util.List;

/** One client that sends a request, waits for its answer, and sends the next. */
final class UnaryLoad {
    private final Course course;
    private final List<ProducerRecord> records;
    private final int valueBytes;

    UnaryLoad(Course course, List<ProducerRecord> records, int valueBytes) {
        this.course = course;
        this.records = records;
        this.valueBytes = valueBytes;
    }

    Measurement run(Connection connection, RecordStream.Terms terms) {
        Measurement warmUp = new Measurement();
        Measurement measured = new Measurement();
        Course.Step step = course.next(records.size());
        while (step != Course.Step.END) {
            ProduceRequest request = ProduceRequest.newBuilder()
                    .setTopic(terms.topic())
                    .setAcks(terms.acks())
                    .setCompression(terms.compression())
                    .addAllRecords(records)
                    .build();
            long sent = System.nanoTime();
            var results = connection.producer().produce(request).getResultsList();
            Measurement part = step == Course.Step.MEASURE ? measured : warmUp;
            Outcomes.count(results, valueBytes, System.nanoTime() - sent, part);
            step = course.next(records.size());
        }
        return measured;
    }
}
