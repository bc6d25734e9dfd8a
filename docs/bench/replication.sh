#!/usr/bin/env bash
# Measures three copies of everything on one machine: ZooKeeper, a controller, three brokers and a gateway as processes.
#   docs/bench/replication.sh [throughput|latency|catch-up|partitions ...]     all of them without a word
# It needs what "./millrace up" builds, works below a temporary folder, and ends every process that it has started.
# Settings: SECONDS_EACH (8), ROUNDS (3), CATCH_UP_MIB (1024), PARTITIONS (2000), FOLDER.
set -euo pipefail

home=$(cd "$(dirname "$0")/../.." && pwd)
java=${JAVA_HOME:?must name a JDK 25 or later}/bin/java
seconds=${SECONDS_EACH:-8}
rounds=${ROUNDS:-3}
folder=${FOLDER:-$(mktemp -d)}
declare -A pid
port=$((21000 + RANDOM % 20000))
ticks=$(getconf CLK_TCK)

next_port() { port=$((port + 1)); }

run() { # name, command: in the background, with a log of its own
  local name=$1
  shift
  mkdir -p "$folder/$name"
  (cd "$folder/$name" && exec "$@" >>"$folder/$name.log" 2>&1 </dev/null) &
  pid[$name]=$!
}

server() { # name, module, settings
  local name=$1 module=$2
  shift 2
  run "$name" "$java" -Xmx512m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -jar "$home/$module/target/$module.jar" "$@"
}

end_all() {
  local name
  for name in "${!pid[@]}"; do kill -9 "${pid[$name]}" 2>/dev/null || true; done
  wait 2>/dev/null || true
  [ -n "${FOLDER:-}" ] || rm -rf "$folder"
}
trap end_all EXIT

cli() { "$java" -Xmx512m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -jar "$home/cli/target/cli.jar" --server "127.0.0.1:$grpc" "$@"; }
create() { cli topic create "$1" -p "$2" -r 3 -c "durability=$3" >/dev/null 2>&1; } # name, partitions, durability
delete() { cli topic delete "$1" --yes >/dev/null 2>&1; }
rest() { curl -fsS "http://127.0.0.1:$rest/v3/clusters/-/$1"; }

start_broker() { # id
  server "broker-$1" broker-service --millrace.broker.id="$1" --millrace.broker.port="$((broker_port + $1))" \
    --millrace.broker.log-directories="$folder/broker-$1/data" --millrace.controllers="127.0.0.1:$controller" \
    --millrace.management.port="$((broker_port + 5 + $1))"
}

gauge() { # name, brokers: its sum
  local name=$1 id
  shift
  for id in "$@"; do curl -fsS "http://127.0.0.1:$((broker_port + 5 + id))/metrics" || echo "$name missing"; done 2>/dev/null |
    awk -v name="kafka_server_replicamanager_$name" '$1 == name {sum += $2} /missing/ {lost = 1} END {print lost ? -1 : sum + 0}'
}

# Waits until a gauge of all these brokers adds up to that.
await_gauge() { # name, value, brokers
  local name=$1 value=$2
  shift 2
  until [ "$(gauge "$name" "$@")" = "$value" ]; do sleep 0.02; done
}

start() {
  next_port; local zookeeper=$port
  next_port; controller=$port
  next_port; rest=$port
  next_port; grpc=$port
  next_port; broker_port=$port; port=$((port + 10))
  mkdir -p "$folder/zookeeper"
  printf 'tickTime=1000\nclientPort=%s\nclientPortAddress=127.0.0.1\ndataDir=%s\nadmin.enableServer=false\n' \
    "$zookeeper" "$folder/zookeeper" >"$folder/zookeeper.cfg"
  run zookeeper "$java" -Xmx128m -XX:+UseSerialGC -cp "$home/standalone/target/lib/*" \
    org.apache.zookeeper.server.ZooKeeperServerMain "$folder/zookeeper.cfg"
  server controller controller-service --millrace.controller.id=1 --millrace.controller.port="$controller" \
    --millrace.zookeeper.connect="127.0.0.1:$zookeeper" --millrace.management.port=0 \
    --millrace.controller.topics.partitions-max=20000 --millrace.controller.topics.partitions-per-topic-max=20000
  local id
  for id in 1 2 3; do start_broker "$id"; done
  server gateway gateway --server.port="$rest" --spring.grpc.server.port="$grpc" \
    --millrace.controllers="127.0.0.1:$controller" --millrace.management.port=0
  await_healthy
}

await_healthy() { until rest health 2>/dev/null | grep -q '"healthy" *: *true'; do sleep 0.1; done; }

cpu() { # seconds of processor time that these processes have had so far
  local name sum=0
  for name in "$@"; do sum=$((sum + $(awk '{print $14 + $15}' "/proc/${pid[$name]}/stat"))); done
  awk -v t="$sum" -v hz="$ticks" 'BEGIN {printf "%.2f", t / hz}'
}

field() { sed -n "s/.*\"$1\" *: *\([0-9.]*\).*/\1/p" | head -n 1; }
median() { sort -n | awk '{v[NR] = $1} END {printf "%s (%s..%s)", v[int((NR + 1) / 2)], v[1], v[NR]}'; }
millis() { date +%s%3N; }

throughput() {
  local durability size round result before between after rate
  echo "| durability | record | MB/s, median (least..greatest) of $rounds | CPU s of the brokers per million records | of the gateway |"
  echo "|---|---|---|---|---|"
  for durability in fsync page-cache; do
    for size in 100 1024; do
      local topic=t-$durability-$size batch=$((size == 100 ? 1000 : 200))
      create "$topic" 6 "$durability"
      cli bench produce --topic "$topic" --size "$size" --batch "$batch" --warm-up 0s --duration "$((2 * seconds))s" >/dev/null
      : >"$folder/figures-rate"; : >"$folder/figures-brokers"; : >"$folder/figures-gateway"
      for round in $(seq "$rounds"); do
        before=$(cpu broker-1 broker-2 broker-3); between=$(cpu gateway)
        result=$(cli bench produce --topic "$topic" --size "$size" --batch "$batch" --warm-up 0s --duration "${seconds}s" -o json)
        after=$(cpu broker-1 broker-2 broker-3)
        rate=$(field records <<<"$result")
        awk -v b="$(field bytes <<<"$result")" -v s="$(field seconds <<<"$result")" 'BEGIN {printf "%.1f\n", b / s / 1e6}' >>"$folder/figures-rate"
        awk -v a="$before" -v b="$after" -v n="$rate" 'BEGIN {printf "%.2f\n", (b - a) * 1e6 / n}' >>"$folder/figures-brokers"
        awk -v a="$between" -v b="$(cpu gateway)" -v n="$rate" 'BEGIN {printf "%.2f\n", (b - a) * 1e6 / n}' >>"$folder/figures-gateway"
      done
      echo "| $durability | $size B | $(median <"$folder/figures-rate") | $(median <"$folder/figures-brokers") | $(median <"$folder/figures-gateway") |"
      delete "$topic"
    done
  done
}

latency() {
  local durability round result
  echo "| durability | one record of 100 B at a time, acks=all: p50, ms | p99, ms |"
  echo "|---|---|---|"
  for durability in fsync page-cache; do
    create "l-$durability" 1 "$durability"
    : >"$folder/figures-p50"; : >"$folder/figures-p99"
    for round in $(seq "$rounds"); do
      result=$(cli bench produce --topic "l-$durability" --batch 1 --api unary --warm-up "${seconds}s" --duration "${seconds}s" -o json)
      field p50 <<<"$result" >>"$folder/figures-p50"; field p99 <<<"$result" >>"$folder/figures-p99"
    done
    echo "| $durability | $(median <"$folder/figures-p50") | $(median <"$folder/figures-p99") |"
  done
}

catch_up() {
  local mib=${CATCH_UP_MIB:-1024} began took
  create copied 6 page-cache
  cli bench produce --topic copied --size 1024 --batch 200 --warm-up 0s --duration 10m --records "$((mib * 1024))" >/dev/null
  await_gauge underreplicatedpartitions 0 1 2 3
  stop_broker TERM 3
  rm -rf "$folder/broker-3/data"
  began=$(millis)
  start_broker 3
  await_gauge underreplicatedpartitions 0 1 2 3
  took=$(($(millis) - began))
  awk -v m="$mib" -v t="$took" 'BEGIN {printf "An empty broker was started and had caught up with %d MiB of 1 KiB records after %.1f s: %.0f MB/s.\n", m, t / 1000, m * 1048.576 / t}'
  delete copied
}

stop_broker() { # signal, id
  kill -"$1" "${pid[broker-$2]}"
  wait "${pid[broker-$2]}" 2>/dev/null || true
}

# A third of this many partitions is led by the broker that goes.
partitions() {
  local count=${PARTITIONS:-2000} round began
  echo "| $count partitions of three replicas, ms | median (least..greatest) of $rounds |"
  echo "|---|---|"
  began=$(millis)
  create many "$count" fsync
  await_gauge leadercount "$count" 1 2 3
  await_gauge underreplicatedpartitions 0 1 2 3
  echo "| created, led and in sync | $(($(millis) - began)) |"
  for what in over-TERM back-TERM over-KILL back-KILL; do : >"$folder/figures-$what"; done
  for round in $(seq "$rounds"); do
    for signal in TERM KILL; do
      began=$(millis)
      kill -"$signal" "${pid[broker-3]}"
      await_gauge leadercount "$count" 1 2
      echo $(($(millis) - began)) >>"$folder/figures-over-$signal"
      wait "${pid[broker-3]}" 2>/dev/null || true
      began=$(millis)
      start_broker 3
      until [ "$(gauge leadercount 3)" != -1 ]; do sleep 0.05; done
      await_gauge underreplicatedpartitions 0 1 2 3
      echo $(($(millis) - began)) >>"$folder/figures-back-$signal"
      cli partition elect-leader >/dev/null 2>&1 || true
      await_gauge leadercount "$(gauge leadercount 1 2 3)" 1 2 3
    done
  done
  echo "| handed over by a broker that stops: all led by others | $(median <"$folder/figures-over-TERM") |"
  echo "| started again, the same broker is in sync everywhere | $(median <"$folder/figures-back-TERM") |"
  echo "| all led by others after a broker was killed | $(median <"$folder/figures-over-KILL") |"
  echo "| started again, the same broker is in sync everywhere | $(median <"$folder/figures-back-KILL") |"
}

start
echo "# $(nproc) cores, $(uname -sr), $(date +%F)" >&2
for what in "${@:-throughput latency catch-up partitions}"; do
  for word in $what; do "${word//-/_}"; done
done
