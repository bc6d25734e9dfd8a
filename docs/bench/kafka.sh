#!/usr/bin/env bash
# Measures Millrace beside Apache Kafka on the same machine, round by round, with Kafka's own producer tool and the same loads.
#   docs/bench/kafka.sh [produce|consume|small|partitions|durable|latency ...]     all of them without a word
# One process of each, or with CLUSTER=nodes three nodes (or CLUSTER=gateways three brokers and two gateways), a controller and a
# ZooKeeper server beside three of Kafka's, each broker and controller too, and three replicas of everything.
# It needs what "./millrace up" builds and Maven, works below a temporary folder, and ends every process that it has started.
# Prints for each platform: what was measured, then CPU seconds of the broker per million records (or requests).
# Before the first round that counts there is one that does not, so that both have learned to run.
# Settings: ROUNDS (3), RECORDS_100 (3000000), RECORDS_1K (600000), SECONDS_EACH (8), PARTITIONS (1000), FOLDER, PLATFORMS.
set -euo pipefail

home=$(cd "$(dirname "$0")/../.." && pwd)
java=${JAVA_HOME:?must name a JDK 25 or later}/bin/java
rounds=${ROUNDS:-3}
records_100=${RECORDS_100:-3000000}
records_1k=${RECORDS_1K:-600000}
seconds=${SECONDS_EACH:-8}
partitions=${PARTITIONS:-1000}
folder=${FOLDER:-$(mktemp -d)}
cluster=${CLUSTER:-}
replicas=1
[ -z "$cluster" ] || replicas=3
kafka_libs=$home/target/bench/kafka
ticks=$(getconf CLK_TCK)
port=$((21000 + RANDOM % 20000))
number=0
platforms=${PLATFORMS:-millrace kafka}
declare -A pid boot

end_all() {
  local name
  for name in "${!pid[@]}"; do kill -9 "${pid[$name]}" 2>/dev/null || true; done
  wait 2>/dev/null || true
  [ -n "${FOLDER:-}" ] || rm -rf "$folder"
}
trap end_all EXIT

tool() { "$java" -Xmx512m -Dlog4j2.level=error -cp "$folder/load:$kafka_libs/*" "$@" 2>>"$folder/tools.log"; }
load() { tool KafkaLoad "$@"; }

prepare() {
  if [ ! -d "$kafka_libs" ]; then
    mvn -q -B -f "$home/docs/bench/kafka-pom.xml" dependency:copy-dependencies -DoutputDirectory="$kafka_libs" -DincludeScope=runtime
  fi
  mkdir -p "$folder/load"
  "${java%java}javac" -nowarn -cp "$kafka_libs/*" -d "$folder/load" "$home/docs/bench/KafkaLoad.java"
  head -c 75000 /dev/urandom | base64 -w 100 >"$folder/100.txt"
  head -c 768000 /dev/urandom | base64 -w 1024 >"$folder/1024.txt"
}

run() { # name, command: in the background, with a log of its own
  local name=$1
  shift
  mkdir -p "$folder/$name"
  (cd "$folder/$name" && exec "$@" >>"$folder/$name.log" 2>&1 </dev/null) &
  pid[$name]=$!
}

millrace_jvm=(${MILLRACE_JVM:--Xmx1G -Xms1G} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
# The options of Kafka's own start script.
kafka_jvm=(-Xmx1G -Xms1G -server -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35
  -XX:+ExplicitGCInvokesConcurrent -Dlog4j2.level=error)

start_millrace() {
  boot[millrace]=127.0.0.1:$((port + 1))
  run millrace "$java" "${millrace_jvm[@]}" -jar "$home/standalone/target/standalone.jar" --data "$folder/millrace/data" \
    --kafka-port $((port + 1)) --rest-port 0 --grpc-port 0 --management-port 0 --zookeeper-port 0
  until grep -q "Millrace is up" "$folder/millrace.log" 2>/dev/null; do sleep 0.1; done
}

service() { # name, module, settings
  local name=$1 module=$2
  shift 2
  run "$name" "$java" "${millrace_jvm[@]}" -jar "$home/$module/target/$module.jar" --millrace.management.port=0 \
    --millrace.controllers=127.0.0.1:$((port + 11)) "$@"
}

start_millrace_cluster() {
  local n inside door
  run millrace-zookeeper "$java" -Xmx256m -cp "$home/standalone/target/lib/*" -Dzookeeper.admin.enableServer=false \
    org.apache.zookeeper.server.ZooKeeperServerMain $((port + 10)) "$folder/zookeeper"
  service millrace-controller controller-service --millrace.controller.port=$((port + 11)) \
    --millrace.controller.advertised-host=127.0.0.1 --millrace.zookeeper.connect=127.0.0.1:$((port + 10))
  boot[millrace]=127.0.0.1:$((port + 21))
  for n in 1 2 3; do
    inside=(--millrace.broker.id=$n --millrace.broker.port=$((port + 11 + n)) --millrace.broker.advertised-host=127.0.0.1
      --millrace.broker.log-directories="$folder/millrace-$n/data")
    door=(--server.port=0 --spring.grpc.server.port=0 --millrace.gateway.kafka.port=$((port + 20 + n)))
    if [ "$cluster" = nodes ]; then
      service "millrace-$n" node "${inside[@]}" "${door[@]}"
    else
      service "millrace-$n" broker-service "${inside[@]}"
      # A client tells them apart by the port, and each gateway serves any broker.
      [ "$n" = 3 ] || service "millrace-gateway-$n" gateway "${door[@]}"
    fi
  done
  await_brokers millrace
}

kafka_settings() { # number, voters
  cat <<SETTINGS
process.roles=broker,controller
node.id=$1
controller.quorum.voters=$2
listeners=PLAINTEXT://127.0.0.1:$((port + 30 + $1)),CONTROLLER://127.0.0.1:$((port + 40 + $1))
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
offsets.topic.replication.factor=$replicas
min.insync.replicas=$(((replicas + 1) / 2))
log.dirs=$folder/kafka-$1/data
SETTINGS
}

start_kafka() {
  local n voters=""
  for n in $(seq $replicas); do voters+=,$n@127.0.0.1:$((port + 40 + n)); done
  boot[kafka]=127.0.0.1:$((port + 31))
  for n in $(seq $replicas); do
    kafka_settings "$n" "${voters#,}" >"$folder/kafka-$n.properties"
    tool kafka.tools.StorageTool format -t AAAAAAAAAAAAAAAAAAAAAQ -c "$folder/kafka-$n.properties" >/dev/null
    run "kafka-$n" "$java" "${kafka_jvm[@]}" -cp "$kafka_libs/*" kafka.Kafka "$folder/kafka-$n.properties"
  done
  await_brokers kafka
}

await_brokers() { # platform: until a topic with all replicas can be made
  until load create "${boot[$1]}" "up-$RANDOM" 1 "$replicas" 2>/dev/null; do sleep 0.3; done
}

create() { # platform, topic, durable or not
  local settings=()
  case $1-$3 in
    millrace-durable) settings=(durability=fsync) ;;
    millrace-*) settings=(durability=page-cache) ;;
    kafka-durable) settings=(flush.messages=1) ;;
  esac
  load create "${boot[$1]}" "$2" 6 "$replicas" "${settings[@]}"
}

of() { # platform, file: that file of each of its processes
  local name
  for name in "${!pid[@]}"; do case $name in "$1" | "$1"-*) cat "/proc/${pid[$name]}/$2" ;; esac; done
}
cpu() { of "$1" stat | awk -v ticks="$ticks" '{sub(/.*\) /, ""); sum += ($12 + $13) / ticks} END {print sum}'; }
per_million() { awk -v a="$1" -v b="$2" -v n="$3" 'BEGIN {printf "%.2f", (b - a) / n * 1000000}'; }
row() { printf '%-34s %-9s %s\n' "$1" "$2" "$3"; }

produce() { # platform, topic, bytes, acks, codec, durable or not
  local records=$records_100 before after line
  [ "$3" = 100 ] || records=$records_1k
  [ "$6" = no ] || records=$((records / 4))
  before=$(cpu "$1")
  line=$(tool org.apache.kafka.tools.ProducerPerformance --bootstrap-server "${boot[$1]}" --topic "$2" --num-records "$records" \
    --throughput -1 --payload-file "$folder/$3.txt" --command-property "acks=$4" "compression.type=$5" batch.size=65536 linger.ms=5 | tail -n 1)
  sleep 0.5
  after=$(cpu "$1")
  row "produce $3 B acks=$4 $5${7:-}" "$1" "$(sed -E 's/.* ([0-9.]+) records\/sec.*\(([0-9.]+) MB\/sec\).* ([0-9]+) ms 99th.*/\1 rec\/s \2 MB\/s p99 \3 ms/' <<<"$line") cpu $(per_million "$before" "$after" "$records")"
}

consume() { # platform, topic, bytes, codec
  local records=$records_100 before after line
  [ "$3" = 100 ] || records=$records_1k
  before=$(cpu "$1")
  line=$(load consume "${boot[$1]}" "$2" "$records")
  sleep 0.5
  after=$(cpu "$1")
  row "consume $3 B $4" "$1" "$(awk '{printf "%.0f rec/s", $1 / $2}' <<<"$line") cpu $(per_million "$before" "$after" "${line%% *}")"
}

small() { # platform, topic, acks, words behind
  local before after line
  before=$(cpu "$1")
  line=$(load small "${boot[$1]}" "$2" 20 5 "$seconds" 1024 "$3")
  after=$(cpu "$1")
  row "20 x 5 requests of 1 KiB acks=$3$4" "$1" "$(awk -v s="$seconds" '{printf "%.0f req/s p50 %s ms p99 %s ms", $1 / s, $2, $3}' <<<"$line") cpu $(per_million "$before" "$after" "${line%% *}")"
}

latency() { # platform, topic, words behind
  local before after line rate=500
  before=$(cpu "$1")
  line=$(load latency "${boot[$1]}" "$2" $rate "$seconds")
  after=$(cpu "$1")
  row "end to end at $rate/s$3" "$1" "$(awk '{printf "p50 %s ms p99 %s ms p99.9 %s ms", $1, $2, $3}' <<<"$line") cpu $(per_million "$before" "$after" $((rate * seconds)))"
}

spread() { # platform
  local before after line setting=()
  [ "$1" = kafka ] || setting=(durability=page-cache)
  before=$(cpu "$1")
  line=$(load spread "${boot[$1]}" "spread-$number" "$partitions" "$replicas" "${setting[@]}")
  after=$(cpu "$1")
  row "$partitions partitions take a record" "$1" "$line s cpu $(awk -v a="$before" -v b="$after" 'BEGIN {printf "%.1f s", b - a}')"
}

each() { # command, arguments behind the platform: both platforms, the first one changing from round to round
  local first=millrace second=kafka platform command=$1
  shift
  [ $((number % 2)) = 0 ] || { first=kafka; second=millrace; }
  for platform in $first $second; do [[ " $platforms " != *" $platform "* ]] || "$command" "$platform" "$@"; done
}

round() { # what to measure
  local what bytes acks codec
  number=$((number + 1))
  for what in "$@"; do
    case $what in
      produce | consume)
        for bytes in 100 1024; do
          for codec in none lz4; do
            each create "p-$bytes-$codec-$number" no
            [ "$what" = consume ] || each produce "p-$bytes-$codec-$number" "$bytes" 1 "$codec" no
            each produce "p-$bytes-$codec-$number" "$bytes" all "$codec" no
            each consume "p-$bytes-$codec-$number" "$bytes" "$codec"
          done
        done ;;
      small)
        each create "s-$number" no
        for acks in 1 all; do each small "s-$number" "$acks" ""; done ;;
      durable)
        each create "d-$number" durable
        for bytes in 100 1024; do each produce "d-$number" "$bytes" all none durable " durable"; done
        each small "d-$number" all " durable" ;;
      partitions) each spread ;;
      latency)
        each create "l-$number" no
        each latency "l-$number" ""
        each create "ld-$number" durable
        each latency "ld-$number" " durable" ;;
    esac
  done
}

prepare
started=$EPOCHREALTIME
for platform in $platforms; do
  started=$EPOCHREALTIME
  case $platform-$cluster in millrace-?*) start_millrace_cluster ;; *) "start_$platform" ;; esac
  row "start, to the first topic" "$platform" "$(awk -v a="$started" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.1f s", b - a}') cpu $(cpu "$platform") s"
done
[ $# -gt 0 ] || set -- produce small durable partitions latency
row() { :; }
round "$@"
row() { printf '%-34s %-9s %s\n' "$1" "$2" "$3"; }
for _ in $(seq "$rounds"); do round "$@"; done
for platform in $platforms; do
  row "memory" "$platform" "$(of "$platform" status | awk '/^VmRSS/ {sum += $2 / 1024} END {printf "%.0f MiB", sum}')"
done
