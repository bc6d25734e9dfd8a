package io.millrace.cli.log;

import io.millrace.cli.output.OutputOption;
import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.session.Session;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `millrace log dump`: needs no server, and the file may be in use. */
@Command(
        name = "dump",
        description =
                "Show the batches of a .log file up to the first damage (exit code 1); with --deep their records too.")
final class LogDump implements Runnable {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "A segment, such as data/broker/orders-0/00000000000000000000.log.")
    private Path file = Path.of("");

    @Option(names = "--deep", description = "Decompress, check and show every record.")
    private boolean deep;

    @Mixin
    private OutputOption output = new OutputOption();

    LogDump(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw CommandFailure.failed(
                    "There is no file " + file
                            + " that could be read; segments are below the broker's data directory, one folder for each partition.");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            BatchOutput batches = BatchOutput.of(session.format(output.format()), session.io(), deep);
            batches.begin();
            var damage = new LogScan(channel, deep).visit(batches::write);
            session.io().flush();
            if (damage.isPresent()) {
                throw CommandFailure.failed(file + " is damaged at byte "
                        + damage.get().position() + ": " + damage.get().message());
            }
        } catch (IOException unreadable) {
            throw CommandFailure.failed(file + " cannot be read: " + unreadable.getMessage() + ".");
        }
    }
}
