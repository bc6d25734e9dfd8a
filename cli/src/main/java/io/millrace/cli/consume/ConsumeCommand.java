package io.millrace.cli.consume;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.millrace.cli.output.OutputFormat;
import io.millrace.cli.session.BrokenPipe;
import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.session.Connection;
import io.millrace.cli.session.Session;
import io.millrace.v1.ReadRequest;
import io.millrace.v1.ReadResponse;
import io.millrace.v1.Record;
import io.millrace.v1.TopicPartition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `millrace consume`: follows topics until it is stopped, or to an end. */
@Command(
        name = "consume",
        description = "Read records of topics, by default from the start, and wait for more until Ctrl-C.",
        footer = {
            "",
            "In a format, %%k is the key, %%v the value, %%h headers (name=value,name=value), %%t the topic,",
            "%%p the partition, %%o the offset, %%T the timestamp (ms), %%K and %%S the lengths of key and value",
            "(-1: null). \\n \\t \\r \\0 \\\\ \\xHH are bytes, %%%% is a percent sign."
        })
public final class ConsumeCommand implements Runnable {
    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "The topics.")
    private List<String> topics = new ArrayList<>();

    @Option(
            names = {"-o", "--offset", "--output"},
            paramLabel = "WHERE",
            description = {
                "Where to start: start (default), end, an offset, -10 (the last ten of each partition), @-1h,",
                "@2026-11-22T10:00:00Z; with :end behind it, stop at the end as it is now.",
                "Or how to write: table, json or yaml."
            })
    private List<String> ranges = new ArrayList<>();

    @Option(
            names = {"-n", "--max-records"},
            paramLabel = "N",
            description = "Stop after so many records.")
    private long maxRecords;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "How to write a record (default: %%v\\n, a value a line), or json for an object a line.")
    private @Nullable String format;

    @Option(
            names = {"-p", "--partition"},
            paramLabel = "N",
            description = "Only this partition; may be repeated.")
    private List<Integer> partitions = new ArrayList<>();

    @Option(
            names = "--grep",
            paramLabel = "REGEX",
            description = "Only records whose value has a match; others do not count for -n.")
    private @Nullable String grep;

    public ConsumeCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        if (maxRecords < 0) {
            throw CommandFailure.usage("-n wants a number of records; leave it out for all.");
        }
        RecordOutput output = RecordOutput.of(format, outputFormat());
        Pattern wanted = grep == null ? null : pattern(grep);
        ReadRequest request = request();
        try (Connection connection = session.connect();
                Context.CancellableContext reading = Context.current().withCancellation()) {
            reading.run(() -> copy(connection.consumerStreams().read(request), output, wanted));
        } catch (StatusRuntimeException broken) {
            throw session.failure(broken);
        }
    }

    /** Writes what arrives, and nothing stays in the buffer while it waits for more. */
    private void copy(Iterator<ReadResponse> responses, RecordOutput output, @Nullable Pattern wanted) {
        long written = 0;
        while (responses.hasNext()) {
            for (Record record : responses.next().getRecordsList()) {
                if (wanted != null && !matches(wanted, record)) {
                    continue;
                }
                write(output, record);
                written++;
                if (written == maxRecords) {
                    session.io().flush();
                    return;
                }
            }
            session.io().flush();
        }
    }

    private void write(RecordOutput output, Record record) {
        try {
            output.write(record, session.io().out());
        } catch (IOException gone) {
            throw new BrokenPipe(gone);
        }
    }

    private static boolean matches(Pattern wanted, Record record) {
        return wanted.matcher(record.getValue().toStringUtf8()).find();
    }

    private ReadRequest request() {
        ReadRange range = range();
        ReadRequest.Builder request =
                ReadRequest.newBuilder().setStart(range.start()).setUntilEnd(range.untilEnd());
        if (grep == null) {
            request.setMaxRecords(maxRecords);
        }
        if (partitions.isEmpty()) {
            return request.addAllTopics(topics).build();
        }
        for (String topic : topics) {
            for (int partition : partitions) {
                request.addPartitions(
                        TopicPartition.newBuilder().setTopic(topic).setPartition(partition));
            }
        }
        return request.build();
    }

    private ReadRange range() {
        List<String> said = ranges.stream()
                .filter(word -> OutputFormat.named(word).isEmpty())
                .toList();
        if (said.size() > 1) {
            throw CommandFailure.usage(
                    "There can be one place to start, not both " + said.get(0) + " and " + said.get(1) + ".");
        }
        return ReadRange.parse(said.isEmpty() ? "start" : said.get(0));
    }

    private OutputFormat outputFormat() {
        return session.format(ranges.stream()
                .flatMap(word -> OutputFormat.named(word).stream())
                .reduce((first, last) -> last)
                .orElse(null));
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException malformed) {
            throw CommandFailure.usage(
                    "\"" + regex + "\" is not a regular expression: " + malformed.getDescription() + ".");
        }
    }
}
