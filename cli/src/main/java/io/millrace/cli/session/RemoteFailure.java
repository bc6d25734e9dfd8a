package io.millrace.cli.session;

import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns what gRPC reports into one sentence with a next step, and the exit code that belongs to it. */
final class RemoteFailure {
    private RemoteFailure() {}

    static CommandFailure of(Throwable reported, ServerAddress server) {
        Status status = Status.fromThrowable(reported);
        String said = sentence(detail(reported, status));
        return switch (status.getCode()) {
            case NOT_FOUND ->
                new CommandFailure(ExitCode.NOT_FOUND, said + " See what there is with: millrace topic list");
            case ALREADY_EXISTS ->
                new CommandFailure(
                        ExitCode.CONFLICT, said + " Choose another name, or see it with: millrace topic describe");
            case ABORTED -> new CommandFailure(ExitCode.CONFLICT, said + " Something changed meanwhile: try again.");
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                new CommandFailure(ExitCode.DENIED, said + " Ask whoever runs this cluster for access.");
            case UNAVAILABLE -> unavailable(status, said, server);
            case DEADLINE_EXCEEDED ->
                new CommandFailure(
                        ExitCode.UNAVAILABLE,
                        server
                                + " did not answer in time; see how it is with: millrace cluster health, or give it longer with"
                                + " --timeout.");
            case RESOURCE_EXHAUSTED ->
                new CommandFailure(ExitCode.UNAVAILABLE, said + " Try again a little later, or with less at a time.");
            case UNIMPLEMENTED ->
                CommandFailure.failed(server + " does not offer this; it may be an older Millrace than this command.");
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> CommandFailure.failed(said);
            default ->
                CommandFailure.failed(said + " The server's log says more (" + code(status) + " from " + server + ").");
        };
    }

    private static CommandFailure unavailable(Status status, String said, ServerAddress server) {
        // gRPC's own transport failures carry the cause; a gateway's refusal comes over the wire and has none.
        if (status.getCause() != null || said.startsWith("Io exception") || said.startsWith("Network closed")) {
            return new CommandFailure(
                    ExitCode.UNAVAILABLE,
                    "No Millrace answers at " + server + reason(status.getCause())
                            + "; start one with: millrace up, or name another with --server.");
        }
        return new CommandFailure(
                ExitCode.UNAVAILABLE, said + " Try again, and see how the cluster is with: millrace cluster health");
    }

    private static String reason(@Nullable Throwable cause) {
        Throwable deepest = cause;
        while (deepest != null && deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        if (deepest == null || deepest.getMessage() == null) {
            return "";
        }
        String message = deepest.getMessage().toLowerCase(Locale.ROOT);
        if (message.contains("connection refused")) {
            return " (connection refused)";
        }
        if (message.contains("timed out")) {
            return " (connecting timed out)";
        }
        return deepest instanceof java.net.UnknownHostException ? " (unknown host)" : " (" + message + ")";
    }

    private static String detail(Throwable reported, Status status) {
        com.google.rpc.Status rich = StatusProto.fromThrowable(reported);
        if (rich != null && !rich.getMessage().isEmpty()) {
            return rich.getMessage();
        }
        String description = status.getDescription();
        return description == null || description.isEmpty() ? "The server refused (" + code(status) + ")" : description;
    }

    private static String code(Status status) {
        return status.getCode().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** First line only, a capital at the start and a full stop at the end. */
    private static String sentence(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        if (line.isEmpty()) {
            return "The server refused.";
        }
        String capital = line.substring(0, 1).toUpperCase(Locale.ROOT) + line.substring(1);
        return capital.endsWith(".") || capital.endsWith("?") ? capital : capital + ".";
    }
}
