package io.millrace.cli;

import com.google.protobuf.ByteString;
import io.millrace.cli.gateway.FakeGateway;
import io.millrace.cli.session.Io;
import io.millrace.cli.session.Io.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What one run of the command left behind. */
record CommandRun(int exitCode, ByteString output, String errors) {
    static CommandRun of(String... arguments) {
        return with(InputStream.nullInputStream(), Terminal.NONE, arguments);
    }

    static CommandRun against(FakeGateway gateway, String... arguments) {
        return against(gateway, new byte[0], arguments);
    }

    static CommandRun against(FakeGateway gateway, byte[] input, String... arguments) {
        return with(new ByteArrayInputStream(input), Terminal.NONE, onServer(gateway, arguments));
    }

    static CommandRun with(InputStream input, Terminal terminal, String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        Io io = new Io(input, output, new PrintStream(errors, true, StandardCharsets.UTF_8), terminal);
        int exitCode = Millrace.run(io, arguments);
        return new CommandRun(
                exitCode, ByteString.copyFrom(output.toByteArray()), errors.toString(StandardCharsets.UTF_8));
    }

    static String[] onServer(FakeGateway gateway, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--server", gateway.url()));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    String text() {
        return output.toStringUtf8();
    }
}
