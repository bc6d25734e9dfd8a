#!/bin/bash
# Lays the built programs out for the images, below the directory that is named:
#   PROGRAM/libraries/lib/   jars of others        PROGRAM/program/lib/, PROGRAM/program/PROGRAM.jar   our own
#   zookeeper/               what a ZooKeeper server needs, to train with
set -euo pipefail
out=$1
lay_out() { # program, module
  mkdir -p "$out/$1/libraries/lib" "$out/$1/program/lib"
  cp -p "$2"/target/lib/*.jar "$out/$1/libraries/lib/"
  local module
  for module in proto core rpc process; do
    find "$out/$1/libraries/lib" -name "$module-*-SNAPSHOT.jar" -exec mv {} "$out/$1/program/lib/" \;
  done
  cp -p "$2/target/$2.jar" "$out/$1/program/$1.jar"
}
lay_out controller controller-service
lay_out broker broker-service
lay_out gateway gateway
lay_out cli cli
mkdir -p "$out/zookeeper"
cp -p standalone/target/lib/*.jar "$out/zookeeper/"
