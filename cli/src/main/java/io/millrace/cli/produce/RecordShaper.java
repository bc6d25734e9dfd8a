package io.millrace.cli.produce;

import com.google.protobuf.UnsafeByteOperations;
import io.millrace.cli.format.KeyField;
import io.millrace.cli.format.RecordReader.Numbered;
import io.millrace.v1.Header;
import io.millrace.v1.ProducerRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds to a record of the input what holds for all of them; what the input says of a partition goes first. */
record RecordShaper(
        @Nullable KeyField keyField,
        List<Header> headers,
        @Nullable Integer partition) {
    ProducerRecord shape(Numbered read) {
        ProducerRecord.Builder record = read.record().toBuilder().addAllHeaders(headers);
        if (partition != null && !record.hasPartition()) {
            record.setPartition(partition);
        }
        if (keyField != null) {
            keyField.of(record.getValue().toByteArray(), read.line())
                    .ifPresent(key -> record.setKey(UnsafeByteOperations.unsafeWrap(key)));
        }
        return record.build();
    }
}
