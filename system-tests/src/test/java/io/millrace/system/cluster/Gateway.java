package io.millrace.system.cluster;

/**
 * A gateway process; its ports are on the loopback interface.
 *
 * @param restPort for HTTP
 * @param grpcPort for gRPC
 * @param kafkaPort for the Kafka protocol
 * @param managementPort for probes and metrics
 */
public record Gateway(ServerProcess process, int restPort, int grpcPort, int kafkaPort, int managementPort) {}
