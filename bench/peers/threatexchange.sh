#!/usr/bin/env bash
# The PDQ hasher of ThreatExchange (C++) on every picture of a folder, eight orientations each, one thread.
# Usage: BENCH_PEER_THREATEXCHANGE=PROGRAM threatexchange.sh FOLDER -> {"pictures": ..., "processorSeconds": ...}
# PROGRAM is its own `benchmark-photo-hasher`, linked with libjpeg, from a copy of whoever measures. (As it ships
# it starts `convert` for each picture: a slower peer than this.) Without it: one line on stderr, exit code 3.
set -euo pipefail

folder=${1:?"usage: threatexchange.sh FOLDER"}
program=${BENCH_PEER_THREATEXCHANGE:-}
if [[ -z $program || ! -x $program ]]; then
  echo "no ThreatExchange hasher: BENCH_PEER_THREATEXCHANGE names no program; left out" >&2
  exit 3
fi

said=$(mktemp)
trap 'rm -f "$said"' EXIT
TIMEFORMAT='%3U %3S'
times=$({ time "$program" --dihedral "$folder" >"$said" 2>/dev/null; } 2>&1)
pictures=$(sed -n 's/^PHOTO COUNT: *//p' "$said")
awk -v times="$times" -v pictures="${pictures:?"the hasher counted no pictures"}" \
  'BEGIN { split(times, t, " "); printf "{\"pictures\": %d, \"processorSeconds\": %.3f}\n", pictures, t[1] + t[2] }'
