#!/usr/bin/env bash
# The PDQ hasher of ThreatExchange (C++) on every picture of a folder, eight orientations each, one thread.
# Usage: SETTING=PROGRAM threatexchange.sh SETTING FOLDER -> {"pictures": ..., "processorSeconds": ...}
# PROGRAM is its own `benchmark-photo-hasher` from a copy of whoever measures: BENCH_PEER_THREATEXCHANGE names one that is linked with
# libjpeg, BENCH_PEER_THREATEXCHANGE_SHIPPED one as it ships, which starts `convert` for each picture (the processor time of its children
# counts). Without it: one line on stderr, exit code 3.
set -euo pipefail

setting=${1:?"usage: threatexchange.sh SETTING FOLDER"}
folder=${2:?"usage: threatexchange.sh SETTING FOLDER"}
program=${!setting:-}
if [[ -z $program || ! -x $program ]]; then
  echo "no ThreatExchange hasher: $setting names no program; left out" >&2
  exit 3
fi

said=$(mktemp)
trap 'rm -f "$said"' EXIT
TIMEFORMAT='%3U %3S'
times=$({ time "$program" --dihedral "$folder" >"$said" 2>/dev/null; } 2>&1)
pictures=$(sed -n 's/^PHOTO COUNT: *//p' "$said")
awk -v times="$times" -v pictures="${pictures:?"the hasher counted no pictures"}" \
  'BEGIN { split(times, t, " "); printf "{\"pictures\": %d, \"processorSeconds\": %.3f}\n", pictures, t[1] + t[2] }'
