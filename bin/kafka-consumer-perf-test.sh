#!/usr/bin/env bash
# Apache Kafka's own kafka-consumer-perf-test: the class from its jars, unchanged.
exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../millrace" kafka-tool org.apache.kafka.tools.ConsumerPerformance "$@"
