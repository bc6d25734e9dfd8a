package io.millrace.standalone;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The process behind {@code ./millrace up}. */
public final class Millrace {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Millrace() {}

    /** Starts Millrace and keeps it running until the process is asked to stop. */
    public static void main(String[] arguments) throws InterruptedException {
        StandaloneOptions options = new StandaloneOptions();
        try {
            CommandLine command = new CommandLine(options).setCommandName("./millrace up");
            if (CommandLine.executeHelpRequest(command.parseArgs(arguments)) != null) {
                return;
            }
            serve(options);
        } catch (ParameterException e) {
            end("millrace: " + e.getMessage() + "; see \"./millrace up --help\".", USAGE);
        } catch (StartFailure e) {
            end("millrace: " + e.getMessage(), FAILED);
        } catch (RuntimeException bug) {
            bug.printStackTrace();
            end("millrace: stopped by a bug of its own; please report the lines above.", FAILED);
        }
    }

    private static void serve(StandaloneOptions options) throws StartFailure, InterruptedException {
        long startedNanos = System.nanoTime();
        Standalone millrace = Standalone.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(millrace), "stop"));
        Readiness.await(millrace);
        WelcomeScreen.print(millrace, System.nanoTime() - startedNanos, System.out);
        Thread.currentThread().join();
    }

    private static void stop(Standalone millrace) {
        System.out.println("Stopping.");
        try {
            millrace.close();
        } catch (IOException e) {
            System.err.println("millrace: stopped, but could not release the data directory: " + e.getMessage());
        }
    }

    private static void end(String message, int exitCode) {
        System.err.println(message);
        System.exit(exitCode);
    }
}
