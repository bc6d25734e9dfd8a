package io.millrace.cli;

import io.millrace.cli.output.OutputFormat;
import io.millrace.cli.session.BrokenPipe;
import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.session.Durations;
import io.millrace.cli.session.ExitCode;
import io.millrace.cli.session.GlobalOptions;
import io.millrace.cli.session.Io;
import io.millrace.cli.session.Session;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of the command tree, and what happens to its failures. */
@Command(
        name = "millrace",
        description = "The command-line client of Millrace.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Millrace.Version.class,
        footer = {
            "",
            "Exit codes: 0 ok, 1 failed, 2 usage, 3 not found, 4 conflict, 5 denied, 6 unavailable.",
            "Data goes to the standard output, progress and errors to the standard error."
        })
public final class Millrace {
    private static final int HELP_COLUMNS = 100;

    private Millrace() {}

    /** Runs one command and says what the process is to end with. */
    static int run(Io io, String... arguments) {
        CommandLine root = tree(io, arguments);
        int code = root.execute(arguments);
        return io.finish() ? code : ExitCode.OK.number();
    }

    private static CommandLine tree(Io io, String... arguments) {
        GlobalOptions options = new GlobalOptions();
        Session session = new Session(options, io);
        CommandLine root = new CommandLine(new Millrace()).addMixin("options", options);
        CommandTree.grow(root, session, List.of(arguments));
        offerHelp(root);
        root.registerConverter(Duration.class, Durations::parse)
                .registerConverter(OutputFormat.class, Millrace::format)
                .setOut(new PrintWriter(io.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(io.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(HELP_COLUMNS)
                .setExecutionExceptionHandler((failure, command, result) -> ended(io, failure))
                .setParameterExceptionHandler((misuse, args) -> misused(io, misuse));
        return root;
    }

    private static void offerHelp(CommandLine command) {
        command.getCommandSpec().mixinStandardHelpOptions(true);
        command.getSubcommands().values().forEach(Millrace::offerHelp);
    }

    private static OutputFormat format(String name) {
        return OutputFormat.named(name)
                .orElseThrow(
                        () -> CommandFailure.usage("There is no format \"" + name + "\": say table, json or yaml."));
    }

    private static int ended(Io io, Exception failure) {
        return switch (failure) {
            case CommandFailure known -> {
                io.tell("millrace: " + known.sentence());
                yield known.exitCode().number();
            }
            case BrokenPipe _ -> ExitCode.OK.number();
            default -> {
                io.tell("millrace: Something went wrong in the command itself (" + failure
                        + "); please report it, with what it prints when MILLRACE_DEBUG=1 is set.");
                if (System.getenv("MILLRACE_DEBUG") != null) {
                    failure.printStackTrace(io.err());
                }
                yield ExitCode.FAILED.number();
            }
        };
    }

    private static int misused(Io io, ParameterException misuse) {
        String sentence = misuse.getCause() instanceof CommandFailure known ? known.sentence() : misuse.getMessage();
        io.tell("millrace: " + sentence);
        CommandLine command = misuse.getCommandLine();
        if (!UnmatchedArgumentException.printSuggestions(misuse, command.getErr())) {
            io.tell("See how it is used with: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.USAGE.number();
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Millrace.class.getPackage().getImplementationVersion();
            return new String[] {"millrace " + (version == null ? "(not packaged)" : version)};
        }
    }
}
