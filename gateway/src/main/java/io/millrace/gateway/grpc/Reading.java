package io.millrace.gateway.grpc;

import io.millrace.gateway.read.Cursor;
import io.millrace.gateway.read.ReadPage;
import io.millrace.v1.ReadResponse;
import java.time.Duration;
import java.util.Optional;

/** How far a Read call has come and what is left for it. Confined to its call. */
final class Reading {
    private final ReadPlan plan;
    private final Optional<Cursor> end;
    private Cursor cursor;
    private long recordsLeft;
    private long recordsScanned;
    private long bytesScanned;
    private boolean moving = true;
    private boolean atEnd;
    private boolean caughtUpOnce;

    Reading(ReadPlan plan, Cursor start, Optional<Cursor> end) {
        this.plan = plan;
        this.end = end;
        this.cursor = start;
        this.recordsLeft = plan.maxRecords();
    }

    /** The response that tells where the reading begins. */
    ReadResponse begun() {
        return ReadResponse.newBuilder().setCursor(cursor.encode()).build();
    }

    /**
     * The next page to ask for. Until the end was reached once it waits for nothing, so that this can be told; unless the
     * page before brought nothing, because a partition cannot be read for the moment.
     */
    io.millrace.gateway.read.ReadRequest nextPage(int recordsMax, long bytesMax, Duration wait) {
        return new io.millrace.gateway.read.ReadRequest(
                cursor,
                (int) Math.min(recordsLeft, recordsMax),
                bytesMax,
                caughtUpOnce || !moving ? wait : Duration.ZERO,
                plan.isolation(),
                plan.filter(),
                end);
    }

    /** Takes a page in; returns the response for it unless there is nothing to tell. */
    Optional<ReadResponse> taken(ReadPage page) {
        moving = !page.next().equals(cursor);
        boolean catchingUp = !caughtUpOnce;
        cursor = page.next();
        recordsLeft -= page.records().size();
        recordsScanned += page.recordsScanned();
        bytesScanned += page.bytesScanned();
        atEnd = page.atEnd();
        caughtUpOnce |= atEnd;
        if (!moving && !catchingUp) {
            return Optional.empty();
        }
        ReadResponse.Builder response = ReadResponse.newBuilder()
                .addAllRecords(OutgoingRecords.of(page.records()))
                .setCursor(cursor.encode());
        if (catchingUp) {
            response.setProgress(ReadResponse.Progress.newBuilder()
                    .setRecordsScanned(recordsScanned)
                    .setBytesScanned(bytesScanned)
                    .setRecordsToEnd(page.recordsToEnd())
                    .setCaughtUp(atEnd));
        }
        return Optional.of(response.build());
    }

    boolean isOver() {
        return recordsLeft == 0 || (plan.untilEnd() && atEnd);
    }
}
