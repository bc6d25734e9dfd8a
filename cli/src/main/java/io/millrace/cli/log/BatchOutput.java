package io.millrace.cli.log;

import io.millrace.cli.log.LogScan.Found;
import io.millrace.cli.output.OutputFormat;
import io.millrace.cli.session.Io;

/** Writes batches one by one, as a file may hold more of them than the memory does. */
interface BatchOutput {
    default void begin() {}

    void write(Found found);

    /** The output in that format; with the records of each batch when it is deep. */
    static BatchOutput of(OutputFormat format, Io io, boolean deep) {
        return format == OutputFormat.TABLE ? new BatchTable(io, deep) : new BatchDocuments(io, format, deep);
    }
}
