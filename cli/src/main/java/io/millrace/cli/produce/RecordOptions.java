package io.millrace.cli.produce;

import com.google.protobuf.ByteString;
import io.millrace.cli.format.KeyField;
import io.millrace.cli.session.CommandFailure;
import io.millrace.v1.Header;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every record gets beside what the input says; picocli fills it in. */
final class RecordOptions {
    @Option(
            names = "--key-field",
            paramLabel = "FIELD",
            description = {
                "The key is this field of the JSON value: a JSON pointer like /properties/net, or names like properties.net."
            })
    private @Nullable String keyField;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "NAME=VALUE",
            description = "A header for every record; may be repeated.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = {"-p", "--partition"},
            paramLabel = "N",
            description = "The partition for every record (default: by key).")
    private @Nullable Integer partition;

    @Option(
            names = {"-Z", "--empty-as-null"},
            description = "An empty key or value means a null one.")
    private boolean emptyIsNull;

    boolean emptyIsNull() {
        return emptyIsNull;
    }

    RecordShaper shaper() {
        List<Header> parsed = headers.stream().map(RecordOptions::header).toList();
        return new RecordShaper(keyField == null ? null : new KeyField(keyField), parsed, partition);
    }

    private static Header header(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw CommandFailure.usage("The header \"" + text + "\" is not like NAME=VALUE.");
        }
        return Header.newBuilder()
                .setKey(text.substring(0, equals))
                .setValue(ByteString.copyFromUtf8(text.substring(equals + 1)))
                .build();
    }
}
