#!/usr/bin/env bash
# Apache Kafka's own kafka-transactions: the class from its jars, unchanged.
exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../millrace" kafka-tool org.apache.kafka.tools.TransactionsCommand "$@"
