package io.millrace.cli.session;

import io.grpc.StatusRuntimeException;
import io.millrace.cli.output.Answer;
import io.millrace.cli.output.OutputFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a command is given to work with. */
public record Session(GlobalOptions options, Io io) {
    /** Asks the gateway one thing; a refusal or an unreachable gateway becomes a {@link CommandFailure}. */
    public <T> T ask(Function<Connection, T> question) {
        try (Connection connection = connect()) {
            return question.apply(connection);
        } catch (StatusRuntimeException refused) {
            throw failure(refused);
        }
    }

    public Connection connect() {
        return Connection.open(options.server(), options.timeout());
    }

    /** The sentence and exit code for what gRPC reported. */
    public CommandFailure failure(StatusRuntimeException reported) {
        return RemoteFailure.of(reported, options.server());
    }

    /** The format asked for at the command itself, or before its name, or a table. */
    public OutputFormat format(@Nullable OutputFormat atCommand) {
        if (atCommand != null) {
            return atCommand;
        }
        OutputFormat global = options.output();
        return global == null ? OutputFormat.TABLE : global;
    }

    public void print(@Nullable OutputFormat atCommand, Answer answer) {
        io.write(answer.in(format(atCommand)));
        io.flush();
    }
}
