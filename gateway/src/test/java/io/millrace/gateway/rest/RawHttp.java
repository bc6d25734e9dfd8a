package io.millrace.gateway.rest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One request over a plain socket, whose body goes on while its answer comes back, which the JDK's client does not do. Lines
 * of the answer are read through the chunks it comes in, whose size lines are passed over.
 */
public final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;

    /** Sends the head of a request with a body in chunks, or without a body for GET. */
    public RawHttp(int port, String requestLine, String... headers) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        out = socket.getOutputStream();
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder head = new StringBuilder(requestLine).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (!requestLine.startsWith("GET")) {
            head.append("Transfer-Encoding: chunked\r\n");
        }
        write(head.append("\r\n").toString());
    }

    /** Sends a piece of the body. */
    public void send(String piece) throws IOException {
        byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
        write(Integer.toHexString(bytes.length) + "\r\n" + piece + "\r\n");
    }

    /** Says whether the server has begun to answer. */
    public boolean isAnswered() throws IOException {
        return in.ready();
    }

    /** Ends the body. */
    public void end() throws IOException {
        write("0\r\n\r\n");
    }

    /** The next line of the answer that begins so; fails when the answer ends or pauses for long. */
    public String lineBeginning(String beginning) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new IOException("The answer ended without a line that begins with " + beginning);
    }

    /** Reads until the server closes the connection or the answer's last chunk. */
    public String rest() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("0"); line = in.readLine()) {
            all.append(line).append('\n');
        }
        return all.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
