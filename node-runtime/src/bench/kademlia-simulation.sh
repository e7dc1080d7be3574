#!/usr/bin/env bash
# Runs the Kademlia engine by the thousand in one process and prints the tables of docs/kademlia-simulation.md.
#
#   kademlia-simulation.sh                            all of them, a quarter of an hour
#   kademlia-simulation.sh --nodes 1000 --liars 20    one network; the class Simulation tells all options
. "$(dirname "$0")/../../../bin/common.sh"
maven -pl node-runtime -am -Dspotless.check.skip test-compile >&2
java=$(find_jdk_25)/bin/java

simulate() {
  "$java" -Xmx6g -XX:+UseSerialGC -cp "$top/node-runtime/target/classes:$top/node-runtime/target/test-classes" \
    org.maunode.discovery.kademlia.Simulation "$@"
  echo
}

if [ $# -gt 0 ]; then
  simulate "$@"
else
  simulate --nodes 100,300,1000,3000,10000 --liars 20
  simulate --nodes 1000 --liars 0,10,20,30,40
  simulate --nodes 1000 --liars 20,40 --paths 1
fi
