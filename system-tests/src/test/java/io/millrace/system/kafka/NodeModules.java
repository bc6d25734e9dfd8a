package io.millrace.system.kafka;

import io.millrace.system.kafka.Software.AbsentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The folder in which Node.js programs run: their sources, and beside them what npm installs, once for each lock file. */
final class NodeModules {
    private static final Path SOURCES = Path.of("src", "test", "clients", "node");
    private static final Path FOLDER = Path.of("target", "kafka-node");
    private static final String LOCK = "package-lock.json";
    private static final String INSTALLED = "installed-lock.json";
    private static final long LIMIT_SECONDS = 90;

    private NodeModules() {}

    /** Where a program is, with its libraries installed. */
    static synchronized Path program(String name) throws IOException, AbsentException {
        Files.createDirectories(FOLDER);
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path source : sources.toList()) {
                Files.copy(source, FOLDER.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path installed = FOLDER.resolve(INSTALLED);
        Path lock = FOLDER.resolve(LOCK);
        if (!Files.exists(installed) || Files.mismatch(installed, lock) >= 0) {
            install();
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        }
        return FOLDER.resolve(name);
    }

    private static void install() throws IOException, AbsentException {
        Path log = FOLDER.resolve("npm.log");
        List<String> command = List.of(
                "npm",
                "ci",
                "--omit=optional",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
                "--fetch-retries=1",
                "--fetch-timeout=20000");
        try {
            Process npm = new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            npm.getOutputStream().close();
            if (!npm.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                npm.destroyForcibly();
                throw new AbsentException("npm installs nothing within " + LIMIT_SECONDS + " s; see " + log);
            }
            if (npm.exitValue() != 0) {
                throw new AbsentException("npm cannot install: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
