package io.millrace.system.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The programs, as the build has packaged them. */
public enum Program {
    CONTROLLER("controller-service"),
    BROKER("broker-service"),
    GATEWAY("gateway"),
    NODE("node"),
    STANDALONE("standalone"),
    CLI("cli");

    /** A start counts here, not what code is like after an hour. */
    private static final List<String> JVM = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final String module;

    Program(String module) {
        this.module = module;
    }

    /** The command line that starts it, without arguments of its own. */
    public List<String> command(List<String> jvmOptions) {
        List<String> command = new ArrayList<>(jvm());
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", jar().toString()));
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
    public static List<String> jvm() {
        return JVM;
    }
}
