#!/bin/sh
# Runs the Kademlia engine by the thousand in one process and prints the tables of docs/kademlia-simulation.md.
#
#   kademlia-simulation.sh                            all of them
#   kademlia-simulation.sh --nodes 1000 --liars 20    one network; see Simulation for all options
#
# Needs JAVA_HOME or java 25 on the path, and classes: mvn -pl node-runtime -am test-compile
set -eu
cd "$(dirname "$0")/../.."
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

simulate() {
    "$java" -Xmx6g -cp target/classes:target/test-classes org.maunode.discovery.kademlia.Simulation "$@"
}

if [ $# -gt 0 ]; then
    simulate "$@"
else
    simulate --nodes 100,300,1000,3000,10000 --liars 20
    simulate --nodes 1000 --liars 0,10,20,30,40
    simulate --nodes 1000 --liars 20 --paths 1
fi
