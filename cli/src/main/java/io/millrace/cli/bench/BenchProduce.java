package io.millrace.cli.bench;

import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.session.Session;
import io.millrace.cli.stream.RecordStream;
import io.millrace.cli.stream.WriteOptions;
import io.millrace.v1.ProducerRecord;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `millrace bench produce`. */
@Command(name = "produce", description = "Measure how fast records are taken in.")
final class BenchProduce implements Runnable {
    private static final int VALUE_BYTES_MAX = 64 << 20;
    private static final int BATCH_RECORDS_MAX = 100_000;
    private static final long REQUEST_BYTES_MAX = 128 << 20;

    private final Session session;

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Option(names = "--size", paramLabel = "BYTES", description = "Bytes of a value (default: 100).")
    private int size = 100;

    @Option(names = "--batch", paramLabel = "N", description = "Records in one request (default: 100).")
    private int batch = 100;

    @Option(
            names = "--api",
            paramLabel = "stream|unary",
            description = "One stream of many requests on the way (default), or one request after the other.")
    private Api api = Api.stream;

    @Mixin
    private WriteOptions write = new WriteOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    /** The two calls that take records. Named as on the command line. */
    enum Api {
        stream,
        unary
    }

    BenchProduce(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        load.check();
        if (size < 1
                || size > VALUE_BYTES_MAX
                || batch < 1
                || batch > BATCH_RECORDS_MAX
                || (long) size * batch > REQUEST_BYTES_MAX) {
            throw CommandFailure.usage("A request has 1 to " + BATCH_RECORDS_MAX + " records of 1 to " + VALUE_BYTES_MAX
                    + " bytes, together at most " + REQUEST_BYTES_MAX + " bytes.");
        }
        RecordStream.Terms terms = write.termsFor(load.topic());
        BenchTopic.orCreate(session, load);
        List<ProducerRecord> records = Payload.records(batch, size);
        Course course = load.begin();
        Workers.Work work = connection -> switch (api) {
            case stream -> new StreamLoad(course, records, size).run(connection, terms);
            case unary -> new UnaryLoad(course, records, size).run(connection, terms);
        };
        Measurement measured = new Workers(session).run(Collections.nCopies(load.streams(), work));
        session.print(
                output.format(),
                new BenchReport(
                                "of a request of " + batch + " records, sent to acknowledged",
                                measured,
                                course.measureFrom())
                        .answer());
        measured.firstFailure().ifPresent(why -> {
            throw CommandFailure.failed(measured.failures() + " records were not stored; the first because: " + why);
        });
    }
}
