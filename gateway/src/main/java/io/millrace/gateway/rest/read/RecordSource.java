package io.millrace.gateway.rest.read;

import io.millrace.core.api.Outcome;
import io.millrace.gateway.read.Cursor;
import io.millrace.gateway.read.ReadPage;
import io.millrace.gateway.read.ReadRequest;
import io.millrace.gateway.read.RecordReader;
import io.millrace.gateway.read.StartPoint;
import io.millrace.gateway.rest.problem.Refusals;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** Reads for the thread of a request, which waits; a gateway that stops ends the waits. */
final class RecordSource {
    private final RecordReader reader;
    private final OpenStreams streams;

    RecordSource(RecordReader reader, OpenStreams streams) {
        this.reader = reader;
        this.streams = streams;
    }

    Cursor begin(ReadTarget target, Start start) {
        return switch (start) {
            case Start.At(StartPoint point) ->
                Refusals.orProblem(reader.locate(target.partitions(), point).join());
            case Start.Resume resume -> resume.within(target);
        };
    }

    Optional<Cursor> end(ReadTarget target, ReadOptions options) {
        return options.untilEnd()
                ? Optional.of(Refusals.orProblem(reader.locate(target.partitions(), new StartPoint.Latest())
                        .join()))
                : Optional.empty();
    }

    /** The next page; empty when the gateway stops first. */
    Optional<ReadPage> next(ReadRequest request) {
        CompletableFuture<Outcome<ReadPage>> page = reader.read(request);
        try {
            return Optional.of(Refusals.orProblem(streams.orStop(page)));
        } catch (CancellationException stopped) {
            page.cancel(false);
            return Optional.empty();
        }
    }
}
