#!/bin/sh
# Runs every mutation against the simulation, each in a process of its own, as many at a time as there
# are processors, and prints what caught it.
# Fails when one applies no more or is not caught. Takes some minutes. Run from anywhere.
cd "$(dirname "$0")/../.." || exit 1
exec mvn -o -B test -pl testing/verification -am -Pmutations \
  -Dtest=MutationsTest -Dsurefire.failIfNoSpecifiedTests=false -Dsequencer.mutations=true "$@"
