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
    KAFKA_CLIENTS_4("kafka-clients 4", "kafka-clients (Java)"),
    KCAT("kcat", "kcat"),
    CONFLUENT_KAFKA("confluent-kafka", "confluent-kafka (Python)"),
    KAFKA_PYTHON("kafka-python", "kafka-python"),
    KAFKAJS("kafkajs", "kafkajs"),
    PLATFORMATIC_KAFKA("platformatic kafka", "@platformatic/kafka");

    static final Path PYTHON = Path.of("/usr/bin/python3");

    private final String title;
    private final String family;

    Software(String title, String family) {
        this.title = title;
        this.family = family;
    }

    /** Whether the build says which release it is, and not the machine. */
    boolean isPinned() {
        return switch (this) {
            case KAFKA_CLIENTS_2, KAFKA_CLIENTS_3, KAFKA_CLIENTS_4, KAFKAJS, PLATFORMATIC_KAFKA -> true;
            case KCAT, CONFLUENT_KAFKA, KAFKA_PYTHON -> false;
        };
    }

    /** How it was tried, where that needs words. */
    String remark() {
        return this == KAFKAJS
                ? "its consumer knows groups only, so its records were fetched by the part below that"
                : "";
    }

    /** What it is called in a table. */
    String family() {
        return family;
    }

    /** What its topics are called. */
    String topic() {
        return "by-" + title.replace(' ', '-');
    }

    /** Starts it; throws AbsentException where this machine lacks it. */
    KafkaSoftware start(Path folder) throws IOException, AbsentException {
        return switch (this) {
            case KAFKA_CLIENTS_2 -> java("2", folder);
            case KAFKA_CLIENTS_3 -> java("3", folder);
            case KAFKA_CLIENTS_4 -> java("4", folder);
            case KCAT -> kcat(folder);
            case CONFLUENT_KAFKA -> python("confluent_kafka", "confluent.py", "python3-confluent-kafka", folder);
            case KAFKA_PYTHON -> python("kafka", "kafka_python.py", "python3-kafka", folder);
            case KAFKAJS -> node("kafkajs.mjs", folder);
            case PLATFORMATIC_KAFKA -> node("platformatic.mjs", folder);
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

    private static KafkaSoftware kcat(Path folder) throws IOException, AbsentException {
        requireSuccess("kcat is not installed (Debian: apt install kcat)", "kcat", "-V");
        return new Kcat(folder);
    }

    /** With the Python of the system, which finds the system's packages. */
    private KafkaSoftware python(String module, String program, String debian, Path folder)
            throws IOException, AbsentException {
        requirePython(module, debian);
        return new Worker(title, List.of(PYTHON.toString(), "-B", "src/test/clients/python/" + program), folder);
    }

    static void requirePython(String module, String debian) throws AbsentException {
        requireSuccess(
                "the Python module " + module + " is not installed (Debian: apt install " + debian + ")",
                PYTHON.toString(),
                "-c",
                "import " + module);
    }

    private KafkaSoftware node(String program, Path folder) throws IOException, AbsentException {
        requireSuccess("Node.js is not installed (Debian: apt install nodejs npm)", "npm", "--version");
        return new Worker(title, List.of("node", NodeModules.program(program).toString()), folder);
    }

    private static void requireSuccess(String otherwise, String... command) throws AbsentException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (process.waitFor() != 0) {
                throw new AbsentException(otherwise);
            }
        } catch (IOException missing) {
            throw new AbsentException(otherwise);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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
