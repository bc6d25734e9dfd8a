package io.millrace.cli.bench;

import io.grpc.Context;
import io.millrace.cli.session.Connection;
import io.millrace.v1.ReadRequest;
import io.millrace.v1.ReadResponse;
import io.millrace.v1.Record;
import io.millrace.v1.StartPoint;
import io.millrace.v1.TopicPartition;
import java.util.Iterator;
import java.util.List;

/** One client that reads its partitions from their start to their end. */
final class ReadLoad {
    private final Course course;
    private final ReadRequest request;

    ReadLoad(Course course, List<TopicPartition> partitions) {
        this.course = course;
        this.request = ReadRequest.newBuilder()
                .addAllPartitions(partitions)
                .setStart(StartPoint.newBuilder().setEdge(StartPoint.Edge.EDGE_EARLIEST))
                .setUntilEnd(true)
                .build();
    }

    Measurement run(Connection connection) {
        Course.Step reached = Course.Step.WARM_UP;
        long read = 1;
        while (reached == Course.Step.WARM_UP && read > 0) {
            Measurement warmUp = new Measurement();
            reached = pass(connection, Course.Step.WARM_UP, warmUp);
            read = warmUp.records();
        }
        Measurement measured = new Measurement();
        pass(connection, Course.Step.MEASURE, measured);
        return measured;
    }

    /** Reads to the end, or until the course is at another step, and tells at which. */
    private Course.Step pass(Connection connection, Course.Step step, Measurement into) {
        try (Context.CancellableContext reading = Context.current().withCancellation()) {
            Context before = reading.attach();
            try {
                return read(connection.consumerStreams().read(request), step, into);
            } finally {
                reading.detach(before);
            }
        }
    }

    private Course.Step read(Iterator<ReadResponse> responses, Course.Step step, Measurement into) {
        long asked = System.nanoTime();
        while (responses.hasNext()) {
            ReadResponse response = responses.next();
            long bytes = 0;
            for (Record record : response.getRecordsList()) {
                bytes += record.getValue().size();
            }
            long now = System.nanoTime();
            into.add(response.getRecordsCount(), bytes, now - asked);
            asked = now;
            Course.Step next = course.next(response.getRecordsCount());
            if (next != step) {
                return next;
            }
        }
        return step;
    }
}
