package io.millrace.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code millrace} command, as a process of its own. */
record CommandLineDoor(int grpcPort) implements FrontDoor {
    @Override
    public void load(String topic) throws IOException, InterruptedException {
        run("produce", topic, "--file", Quakes.FILE.toString(), "--key-field", Quakes.KEY_FIELD);
    }

    @Override
    public List<Stored> read(String topic) throws IOException, InterruptedException {
        List<Stored> records = new ArrayList<>();
        for (String line : run("consume", topic, "-o", "start:end", "-f", "%p\t%o\t%k\t%v\n")
                .lines()
                .toList()) {
            String[] parts = line.split("\t", 4);
            records.add(new Stored(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), parts[2], parts[3]));
        }
        return records;
    }

    /** Runs one command and returns what it wrote to its standard output. */
    String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.millrace.cli.Main",
                "--server",
                "127.0.0.1:" + grpcPort));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException("millrace " + String.join(" ", arguments) + " ended with " + code);
        }
        return out;
    }
}
