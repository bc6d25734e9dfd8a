package io.millrace.kafkatools;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.internals.Exit;
import org.jspecify.annotations.Nullable;

/**
 * What a tool has printed, and how it ended. Tools run one at a time: they print to this process's output and end it.
 *
 * @param status 0 when all went well
 */
record ToolRun(int status, String text) {
    /** A tool's own entry. */
    interface Tool {
        void main(String... arguments) throws Exception;
    }

    static ToolRun of(Tool tool, String... arguments) {
        return fed("", tool, arguments);
    }

    /** Runs a tool that reads this. */
    static ToolRun fed(String input, Tool tool, String... arguments) {
        InputStream in = System.in;
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream capture = new PrintStream(text, true, StandardCharsets.UTF_8);
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        System.setOut(capture);
        System.setErr(capture);
        Ending ending = new Ending(text);
        List<Runnable> hooks = new ArrayList<>();
        Exit.setExitProcedure((status, message) -> ending.end(status));
        Exit.setShutdownHookAdder((name, hook) -> hooks.add(hook));
        try {
            return run(tool, ending, arguments).followedBy(hooks, text);
        } finally {
            Exit.resetExitProcedure();
            Exit.resetShutdownHookAdder();
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static ToolRun run(Tool tool, Ending ending, String... arguments) {
        try {
            tool.main(arguments);
            return ending.orElse(0);
        } catch (Ended | Exception end) {
            return ending.orElse(1, end);
        }
    }

    /** The same with what is printed when the process goes down. */
    private ToolRun followedBy(List<Runnable> hooks, ByteArrayOutputStream printed) {
        printed.reset();
        hooks.forEach(Runnable::run);
        return new ToolRun(status, text + printed.toString(StandardCharsets.UTF_8));
    }

    /** How a tool ends. Some catch everything, the end that they wish for included, and go on: what counts is the first. */
    private static final class Ending {
        private final ByteArrayOutputStream text;
        private @Nullable ToolRun first;

        Ending(ByteArrayOutputStream text) {
            this.text = text;
        }

        void end(int status) {
            orElse(status);
            throw new Ended(status);
        }

        ToolRun orElse(int status) {
            ToolRun found = first;
            if (found == null) {
                found = new ToolRun(status, text.toString(StandardCharsets.UTF_8));
                first = found;
            }
            return found;
        }

        ToolRun orElse(int status, Throwable failure) {
            if (first == null) {
                failure.printStackTrace(new PrintStream(text, true, StandardCharsets.UTF_8));
            }
            return orElse(status);
        }
    }

    /** A tool that would end the process. An Error, as tools catch exceptions. */
    private static final class Ended extends Error {
        private static final long serialVersionUID = 1L;

        Ended(int status) {
            super("exit " + status, null, false, false);
        }
    }
}
