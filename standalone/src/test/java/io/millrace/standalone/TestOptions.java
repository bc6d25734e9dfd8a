package io.millrace.standalone;

import java.nio.file.Path;

/** Options for tests: any free ports of this machine, and a directory of the test's own. */
final class TestOptions {
    private TestOptions() {}

    static StandaloneOptions in(Path data) {
        StandaloneOptions options = new StandaloneOptions();
        options.data = data;
        options.restPort = 0;
        options.grpcPort = 0;
        options.kafkaPort = 0;
        options.managementPort = 0;
        options.zooKeeperPort = 0;
        return options;
    }
}
