package io.millrace.system.cluster;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Sees to it that no process outlives the tests, even if their JVM is killed: a shell that is told of every process, and
 * ends those that still run when the pipe from this JVM breaks.
 */
final class Reaper {
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            running=' '
            while read -r change pid; do
              case $change in
                started) running="$running$pid " ;;
                ended) case $running in *" $pid "*) running="${running%%" $pid "*} ${running#*" $pid "}" ;; esac ;;
              esac
            done
            for pid in $running; do kill -9 "$pid" 2>/dev/null; done
            """;
    private static final Reaper OF_THIS_JVM = new Reaper();

    private final Writer pipe;

    private Reaper() {
        try {
            Process shell = new ProcessBuilder("sh", "-c", SCRIPT).start();
            this.pipe = new OutputStreamWriter(shell.getOutputStream(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("System tests need a shell", e);
        }
    }

    static void started(Process process) {
        OF_THIS_JVM.tell("started", process);
    }

    static void ended(Process process) {
        OF_THIS_JVM.tell("ended", process);
    }

    private synchronized void tell(String change, Process process) {
        try {
            pipe.write(change + " " + process.pid() + "\n");
            pipe.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The process that ends the others is gone", e);
        }
    }
}
