package io.millrace.cli.produce;

import io.grpc.StatusRuntimeException;
import io.millrace.cli.format.RecordFormat;
import io.millrace.cli.format.RecordReader;
import io.millrace.cli.output.Answer;
import io.millrace.cli.output.OutputFormat;
import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.session.Connection;
import io.millrace.cli.session.Session;
import io.millrace.cli.stream.RecordStream;
import io.millrace.cli.stream.WriteOptions;
import io.millrace.v1.GetTopicRequest;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `millrace produce`. */
@Command(
        name = "produce",
        description = "Write records from the standard input, or a file, to a topic.",
        footer = {
            "",
            "In a format, %%k is the key, %%v the value, %%h headers (name=value,name=value), %%p the partition,",
            "%%T the timestamp (ms); %%t and %%o are read and not used; %%K and %%S before %%k and %%v are their",
            "lengths, for bytes of any kind. \\n \\t \\r \\0 \\\\ \\xHH are bytes, %%%% is a percent sign."
        })
public final class ProduceCommand implements Runnable {
    /** One record is gathered in memory, so it has a limit even where a topic would take more. */
    private static final int FIELD_BYTES_MAX = 32 << 20;

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The topic.")
    private String topic = "";

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "How a record looks in the input (default: %%v\\n, a value a line).")
    private String format = RecordFormat.LINE_PER_VALUE;

    @Option(names = "--file", paramLabel = "FILE", description = "Read this file, not the standard input.")
    private @Nullable Path file;

    @Mixin
    private RecordOptions shape = new RecordOptions();

    @Mixin
    private WriteOptions write = new WriteOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    public ProduceCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        RecordStream.Terms terms = write.termsFor(topic);
        RecordFormat parsed = RecordFormat.parse(format);
        RecordShaper shaper = shape.shaper();
        long started = System.nanoTime();
        Tally tally = new Tally();
        try (InputStream input = input()) {
            RecordReader reader = new RecordReader(parsed, input, shape.emptyIsNull(), FIELD_BYTES_MAX);
            load(reader, shaper, terms, tally);
        } catch (IOException unreadable) {
            throw CommandFailure.failed("The input cannot be read: " + unreadable.getMessage() + ".");
        }
        tally.refusal().ifPresent(refusal -> {
            throw refusal;
        });
        report(tally, (System.nanoTime() - started) / 1e9);
    }

    private void load(RecordReader reader, RecordShaper shaper, RecordStream.Terms terms, Tally tally)
            throws IOException {
        try (Connection connection = session.connect();
                RecordStream stream = open(connection, terms, tally);
                LoadProgress progress = LoadProgress.of(session.io(), file)) {
            new Load(reader, shaper, stream, tally, progress).run();
        } catch (StatusRuntimeException broken) {
            CommandFailure failure = session.failure(broken);
            throw new CommandFailure(failure.exitCode(), failure.sentence() + tally.soFar());
        } catch (CommandFailure broken) {
            throw new CommandFailure(broken.exitCode(), broken.sentence() + tally.soFar());
        }
    }

    /** Tells of a missing topic at once, and not only when somebody has typed in a first record. */
    private RecordStream open(Connection connection, RecordStream.Terms terms, Tally tally) {
        connection.topics().getTopic(GetTopicRequest.newBuilder().setName(topic).build());
        return RecordStream.open(connection.producerStreams(), terms, connection.timeout(), tally);
    }

    private InputStream input() throws IOException {
        if (file == null) {
            return session.io().in();
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw CommandFailure.failed("There is no file " + file + " that could be read; check its name.");
        }
        return new FileInputStream(file.toFile());
    }

    private void report(Tally tally, double seconds) {
        if (session.format(output.format()) == OutputFormat.TABLE) {
            session.io().tell(tally.sentence(topic, seconds));
        } else {
            session.print(output.format(), Answer.facts(tally.facts(topic, seconds)));
        }
    }
}
