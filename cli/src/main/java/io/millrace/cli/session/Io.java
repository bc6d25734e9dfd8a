package io.millrace.cli.session;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The process's streams. Data goes out as bytes, so nothing on the way can change them; standard output is buffered and must be
 * flushed before the command waits for anything.
 *
 * @param in what is piped or typed in
 * @param out data
 * @param err progress and errors, for people
 * @param terminal whether a person sits at the terminal, to be asked and shown progress
 */
public record Io(InputStream in, OutputStream out, PrintStream err, Terminal terminal) {
    private static final int OUT_BUFFER_BYTES = 1 << 16;
    private static final int ANSWER_BYTES_MAX = 100;

    /** Which of the streams are a terminal. */
    public record Terminal(boolean input, boolean error) {
        public static final Terminal NONE = new Terminal(false, false);

        /**
         * As the launcher found out (system property `millrace.terminal`, holding the numbers of the file descriptors that are
         * terminals, such as "0 2"); Java by itself can only tell whether both input and output are one.
         */
        static Terminal ofProcess() {
            String told = System.getProperty("millrace.terminal");
            if (told != null) {
                return new Terminal(told.contains("0"), told.contains("2"));
            }
            boolean both = Optional.ofNullable(System.console())
                    .filter(Console::isTerminal)
                    .isPresent();
            return new Terminal(both, both);
        }
    }

    public static Io ofProcess() {
        return new Io(
                new FileInputStream(FileDescriptor.in),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUT_BUFFER_BYTES),
                System.err,
                Terminal.ofProcess());
    }

    /** Writes data; {@link BrokenPipe} when nobody reads it any more. */
    public void write(byte[] data) {
        try {
            out.write(data);
        } catch (IOException gone) {
            throw new BrokenPipe(gone);
        }
    }

    public void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    public void line(String text) {
        write(text + "\n");
    }

    public void flush() {
        try {
            out.flush();
        } catch (IOException gone) {
            throw new BrokenPipe(gone);
        }
    }

    /** Flushes what is left, and tells whether anybody was there to take it. */
    public boolean finish() {
        try {
            out.flush();
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Says something to the person at the terminal. */
    public void tell(String sentence) {
        err.println(sentence);
    }

    /** Asks the person at the terminal; anything but yes is no. */
    public boolean confirms(String question) {
        err.print(question + " [y/N] ");
        err.flush();
        StringBuilder answer = new StringBuilder();
        try {
            for (int next = in.read();
                    next >= 0 && next != '\n' && answer.length() < ANSWER_BYTES_MAX;
                    next = in.read()) {
                answer.append((char) next);
            }
        } catch (IOException unreadable) {
            return false;
        }
        String said = answer.toString().strip().toLowerCase(Locale.ROOT);
        return said.equals("y") || said.equals("yes");
    }
}
