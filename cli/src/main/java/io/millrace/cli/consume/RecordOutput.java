package io.millrace.cli.consume;

import io.millrace.cli.format.RecordFormat;
import io.millrace.cli.format.RecordPrinter;
import io.millrace.cli.output.OutputFormat;
import io.millrace.v1.Record;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes records one after the other, each whole in itself, so that the output can end anywhere. */
interface RecordOutput {
    void write(Record record, OutputStream out) throws IOException;

    /** By `-f` when there is one; else by `-o`, where a table means a line per value. */
    static RecordOutput of(@Nullable String format, OutputFormat output) {
        if (format != null && !format.equals("json")) {
            return new RecordPrinter(RecordFormat.parse(format))::print;
        }
        if (format != null || output == OutputFormat.JSON) {
            return RecordJson::line;
        }
        return output == OutputFormat.YAML
                ? RecordJson::yaml
                : new RecordPrinter(RecordFormat.parse(RecordFormat.LINE_PER_VALUE))::print;
    }
}
