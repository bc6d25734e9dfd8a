package io.millrace.gateway.rest.read;

import io.millrace.gateway.read.Cursor;
import io.millrace.gateway.read.Position;
import io.millrace.gateway.read.ReadPage;
import io.millrace.gateway.read.ReadRecord;
import io.millrace.gateway.read.ReadRequest;
import io.millrace.gateway.rest.problem.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records as they come, for as long as their reader listens. A page is read, written and forgotten before the next is read,
 * and writing blocks, so a slow reader costs one page. A reader that is gone is noticed by the next record or sign of life.
 */
final class RecordStream {
    private static final Logger LOG = LoggerFactory.getLogger(RecordStream.class);

    /** With more partitions than these, a cursor is too long to go with each record; it then goes with the last of a page. */
    private static final int PARTITIONS_PER_ID_MAX = 16;

    private static final int PAGE_RECORDS_MAX = 1000;

    private final RecordSource source;
    private final OpenStreams streams;

    RecordStream(RecordSource source, OpenStreams streams) {
        this.source = source;
        this.streams = streams;
    }

    void write(ReadTarget target, ReadOptions options, StreamFormat format, HttpServletResponse response)
            throws IOException {
        Cursor cursor = source.begin(target, options.start());
        Optional<Cursor> end = source.end(target, options);
        response.setContentType(format.mediaType());
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        // Asks proxies that would otherwise wait for more (nginx) to pass each piece on.
        response.setHeader("X-Accel-Buffering", "no");
        streams.opened();
        try {
            format.begin();
            response.flushBuffer();
            pump(cursor, end, options, format, response);
        } catch (ProblemException problem) {
            format.failed(problem.problem());
        } catch (IOException gone) {
            LOG.debug("The reader of a stream is gone", gone);
        } finally {
            streams.closed();
        }
    }

    private void pump(
            Cursor begin, Optional<Cursor> end, ReadOptions options, StreamFormat format, HttpServletResponse response)
            throws IOException {
        Cursor cursor = begin;
        long left = options.limit().orElse(Long.MAX_VALUE);
        while (left > 0) {
            Optional<ReadPage> next = source.next(request(cursor, end, left, options));
            if (next.isEmpty()) {
                return;
            }
            ReadPage page = next.get();
            writePage(cursor, page, options, format);
            left -= page.records().size();
            cursor = page.next();
            if (end.isPresent() && page.atEnd()) {
                left = 0;
            } else if (page.records().isEmpty()) {
                format.idle(cursor);
            }
            if (left > 0) {
                response.flushBuffer();
            }
        }
        format.end(cursor);
    }

    private static ReadRequest request(Cursor cursor, Optional<Cursor> end, long left, ReadOptions options) {
        return new ReadRequest(
                cursor,
                (int) Math.min(left, PAGE_RECORDS_MAX),
                options.maxBytes(),
                options.maxWait(),
                options.isolation(),
                options.filter(),
                end);
    }

    private static void writePage(Cursor before, ReadPage page, ReadOptions options, StreamFormat format)
            throws IOException {
        boolean idEach = before.positions().size() <= PARTITIONS_PER_ID_MAX;
        Cursor behind = before;
        int last = page.records().size() - 1;
        for (int i = 0; i <= last; i++) {
            ReadRecord record = page.records().get(i);
            Optional<Cursor> id = Optional.empty();
            if (i == last) {
                id = Optional.of(page.next());
            } else if (idEach) {
                behind = behind(behind, record);
                id = Optional.of(behind);
            }
            format.record(options.format().line(record), id);
        }
    }

    private static Cursor behind(Cursor cursor, ReadRecord record) {
        List<Position> positions = cursor.positions().stream()
                .map(position -> position.partition().equals(record.partition())
                        ? new Position(record.partition(), record.record().offset() + 1, record.leaderEpoch())
                        : position)
                .toList();
        return new Cursor(positions);
    }
}
