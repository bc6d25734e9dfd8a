package io.millrace.system.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The programs, as the build has packaged them. */
public enum Program {
    CONTROLLER("controller-service"),
    BROKER("broker-service"),
    GATEWAY("gateway"),
    CLI("cli");

    /** A start counts here, not what code is like after an hour. */
    private static final List<String> JVM = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final Path CACHES = Path.of("target", "start-up-caches");

    private final String module;

    Program(String module) {
        this.module = module;
    }

    /** What the JVM has learned about its classes, so that it starts in half the time (JEP 514). */
    Path cache() {
        return CACHES.resolve(module + ".aot").toAbsolutePath();
    }

    /** Whether there is a cache of the program as it is packaged now. */
    boolean hasCache() {
        try {
            return Files.exists(cache())
                    && Files.getLastModifiedTime(cache()).compareTo(Files.getLastModifiedTime(jar())) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line that starts it, without arguments of its own. */
    public List<String> command(List<String> jvmOptions) {
        Path jar = jar();
        List<String> command = new ArrayList<>(jvm());
        if (hasCache()) {
            command.addAll(List.of("-XX:AOTCache=" + cache(), "-Xlog:aot*=off", "-Xlog:cds*=off"));
        }
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private Path jar() {
        Path jar = Path.of("..", module, "target", module + ".jar")
                .toAbsolutePath()
                .normalize();
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    "There is no " + jar + ": system tests run programs as they are packaged, so"
                            + " run './millrace test' or 'mvn -pl system-tests -am verify'.");
        }
        return jar;
    }

    /** A JVM as all of them run on. */
    static List<String> jvm() {
        return JVM;
    }
}
