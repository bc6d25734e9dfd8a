#!/bin/bash
# Runs a cluster of one of each on the loopback interface, uses it a little, and stops it; each JVM leaves start.aot beside
# its program.
set -euo pipefail
cd "$(dirname "$0")"
export MILLRACE_TRAIN=1 MILLRACE_HOST=127.0.0.1 MILLRACE_CONTROLLERS=127.0.0.1:19093
work=$(mktemp -d)
pids=()

start() { # program, management port, heap, [arguments]
  MILLRACE_MANAGEMENT_PORT=$2 MILLRACE_HEAP=$3 ./run "$1" "${@:4}" >"$work/$1.log" 2>&1 &
  pids+=($!)
}

ready() { # program, management port
  for _ in $(seq 600); do
    if MILLRACE_MANAGEMENT_PORT=$2 ./healthy 2>/dev/null; then return; fi
    sleep 0.1
  done
  cat "$work/$1.log"
  echo "the $1 is not ready after a minute" >&2
  return 1
}

java -Xmx64m -cp '/opt/zookeeper/*' -Dzookeeper.admin.enableServer=false \
  org.apache.zookeeper.server.ZooKeeperServerMain 2181 "$work/zookeeper" >"$work/zookeeper.log" 2>&1 &
zookeeper=$!
start controller 9501 96m --millrace.controller.advertised-host=127.0.0.1
start broker 9502 160m --millrace.broker.log-directories="$work/data" --millrace.broker.advertised-host=127.0.0.1
start gateway 9503 192m
ready controller 9501
ready broker 9502
ready gateway 9503

millrace() {
  MILLRACE_HEAP=128m ./run cli --server 127.0.0.1:50051 "$@"
}
millrace topic create training --partitions 3
for key in a b c; do echo "$key"; done | MILLRACE_TRAIN='' millrace produce training
MILLRACE_TRAIN='' millrace consume training -o start -n 3

for pid in "${pids[@]}"; do
  kill "$pid"
  wait "$pid" || true
done
kill "$zookeeper"
ls -l /opt/millrace/*/start.aot
rm -rf "$work"
