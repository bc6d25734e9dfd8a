package io.millrace.system.kafka;

import io.millrace.system.cluster.Program;
import io.millrace.system.kafka.program.KafkaClientsProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The clients that are tried, and how each is started. */
public enum Software {
    KAFKA_CLIENTS_2("kafka-clients 2", "kafka-clients (Java)"),
    KAFKA_CLIENTS_3("kafka-clients 3", "kafka-clients (Java)"),
    KAFKA_CLIENTS_4("kafka-clients 4", "kafka-clients (Java)");

    private final String title;
    private final String family;

    Software(String title, String family) {
        this.title = title;
        this.family = family;
    }

    /** What it is called in a table. */
    String family() {
        return family;
    }

    /** What its topics are called. */
    String topic() {
        return "by-" + title.replaceAll("[^a-z0-9]", "-");
    }

    /** Starts it; throws AbsentException where this machine lacks it. */
    KafkaSoftware start(Path folder) throws IOException, AbsentException {
        return switch (this) {
            case KAFKA_CLIENTS_2 -> java("2", folder);
            case KAFKA_CLIENTS_3 -> java("3", folder);
            case KAFKA_CLIENTS_4 -> java("4", folder);
        };
    }

    private KafkaSoftware java(String generation, Path folder) throws IOException {
        List<String> command = new ArrayList<>(Program.jvm());
        command.addAll(List.of(
                "-cp",
                Path.of("target", "test-classes")
                        + File.pathSeparator
                        + Path.of("target", "kafka-clients", generation, "*"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                KafkaClientsProgram.class.getName()));
        return new Worker(title, command, folder);
    }

    @Override
    public String toString() {
        return title;
    }

    /** Why a client is not here. */
    static final class AbsentException extends Exception {
        private static final long serialVersionUID = 1;

        AbsentException(String why) {
            super(why);
        }
    }
}
