package io.millrace.cli.session;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what gRPC reports into one sentence with a next step, and the exit code that belongs to it. */
final class RemoteFailure {
    private final Status status;
    private final ServerAddress server;
    private final String sentence;
    /** Set when the gateway itself has refused, and not the transport. */
    private final Optional<ErrorInfo> info;

    private RemoteFailure(StatusRuntimeException reported, ServerAddress server) {
        com.google.rpc.Status rich = StatusProto.fromThrowable(reported);
        this.status = reported.getStatus();
        this.server = server;
        this.info = rich == null ? Optional.empty() : infoIn(rich);
        this.sentence = sentenceOf(rich == null ? status.getDescription() : rich.getMessage());
    }

    static CommandFailure of(StatusRuntimeException reported, ServerAddress server) {
        return new RemoteFailure(reported, server).toCommandFailure();
    }

    private CommandFailure toCommandFailure() {
        return switch (status.getCode()) {
            case NOT_FOUND -> because(ExitCode.NOT_FOUND, "See what there is with: " + whereToLook());
            case ALREADY_EXISTS ->
                because(ExitCode.CONFLICT, "Choose another name, or see it with: millrace topic describe" + topic());
            case ABORTED -> because(ExitCode.CONFLICT, "Something changed meanwhile: try again.");
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                because(ExitCode.DENIED, "Ask whoever runs this cluster for access.");
            case UNAVAILABLE -> unavailable();
            case DEADLINE_EXCEEDED -> late();
            case RESOURCE_EXHAUSTED ->
                because(ExitCode.UNAVAILABLE, "Try again a little later, or with less at a time.");
            case UNIMPLEMENTED -> unimplemented();
            case OUT_OF_RANGE ->
                because(ExitCode.FAILED, "See the offsets there are with: millrace topic describe" + topic());
            case INVALID_ARGUMENT, FAILED_PRECONDITION -> new CommandFailure(ExitCode.FAILED, sentence);
            default -> because(ExitCode.FAILED, "The server's log says more (" + code() + " from " + server + ").");
        };
    }

    private CommandFailure because(ExitCode exitCode, String nextStep) {
        return new CommandFailure(exitCode, sentence + " " + nextStep);
    }

    private CommandFailure unavailable() {
        if (info.isPresent() || status.getCause() == null) {
            return because(ExitCode.UNAVAILABLE, "Try again, and see how the cluster is with: millrace cluster health");
        }
        return new CommandFailure(
                ExitCode.UNAVAILABLE,
                "No Millrace answers at " + server + transportReason()
                        + "; start one with: millrace up, or name another with --server.");
    }

    private CommandFailure late() {
        return info.isPresent()
                ? because(ExitCode.UNAVAILABLE, "Try again, and see how the cluster is with: millrace cluster health")
                : new CommandFailure(
                        ExitCode.UNAVAILABLE,
                        server
                                + " did not answer in time; see how it is with: millrace cluster health, or give it longer"
                                + " with --timeout.");
    }

    private CommandFailure unimplemented() {
        return CommandFailure.failed(
                info.isPresent()
                        ? sentence
                        : server + " does not offer this; it is no Millrace, or an older one than this command.");
    }

    private String whereToLook() {
        Map<String, String> about = info.map(ErrorInfo::getMetadataMap).orElse(Map.of());
        return about.containsKey("partition") ? "millrace topic describe" + topic() : "millrace topic list";
    }

    private String topic() {
        return info.map(about -> about.getMetadataOrDefault("topic", ""))
                .filter(name -> !name.isEmpty())
                .map(name -> " " + name)
                .orElse("");
    }

    private String transportReason() {
        Throwable deepest = status.getCause();
        while (deepest != null && deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        if (deepest instanceof UnknownHostException) {
            return " (unknown host)";
        }
        if (deepest == null || deepest.getMessage() == null) {
            return "";
        }
        String message = deepest.getMessage().toLowerCase(Locale.ROOT);
        if (message.contains("connection refused")) {
            return " (connection refused)";
        }
        return message.contains("timed out") ? " (connecting timed out)" : " (" + message + ")";
    }

    private String code() {
        return status.getCode().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The first line only, with a capital at the start and a full stop at the end. */
    private String sentenceOf(@Nullable String text) {
        String line = text == null ? "" : text.lines().findFirst().orElse("").strip();
        if (line.isEmpty()) {
            return "The server refused (" + code() + ").";
        }
        String capital = line.substring(0, 1).toUpperCase(Locale.ROOT) + line.substring(1);
        return capital.endsWith(".") || capital.endsWith("?") ? capital : capital + ".";
    }

    private static Optional<ErrorInfo> infoIn(com.google.rpc.Status rich) {
        for (Any detail : rich.getDetailsList()) {
            if (detail.is(ErrorInfo.class)) {
                try {
                    return Optional.of(detail.unpack(ErrorInfo.class));
                } catch (InvalidProtocolBufferException malformed) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
