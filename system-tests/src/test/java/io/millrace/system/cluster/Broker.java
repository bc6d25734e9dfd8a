package io.millrace.system.cluster;

import java.nio.file.Path;

/**
 * A broker process.
 *
 * @param id in the cluster
 * @param data its log directory
 * @param managementPort on the loopback interface
 */
public record Broker(ServerProcess process, int id, Path data, int managementPort) {}
