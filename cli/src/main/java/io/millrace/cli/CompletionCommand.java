package io.millrace.cli;

import io.millrace.cli.session.Io;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `millrace completion`: the script knows the commands and options of this very version. */
@Command(
        name = CompletionCommand.NAME,
        description = "Print a script that lets a shell complete commands and options.",
        footer = {"", "For example: source <(millrace completion bash)"})
final class CompletionCommand implements Runnable {
    static final String NAME = "completion";

    private final Io io;

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The shells that the script works in; it is the same for both. Named as on the command line. */
    enum Shell {
        bash,
        zsh
    }

    CompletionCommand(Io io) {
        this.io = io;
    }

    @Override
    public void run() {
        CommandLine root = spec.root().commandLine();
        String script = AutoComplete.bash(root.getCommandName(), root);
        io.line("# For " + shell + ".");
        io.write(script);
    }
}
