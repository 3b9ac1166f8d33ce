# faiss on the same hashes and queries: flat, and multi-hash with so many tables of so many bits. One thread.
# Usage: python3 faiss-binary.py HASHES QUERIES RADIUS flat|multihash -> {"version": ..., "queriesPerCpuSecond": ..., "hits": ...}
import json
import sys
import time

import faiss
import numpy

faiss.omp_set_num_threads(1)
hashes = numpy.fromfile(sys.argv[1], dtype=numpy.uint8).reshape(-1, 32)
queries = numpy.fromfile(sys.argv[2], dtype=numpy.uint8).reshape(-1, 32)
radius, kind = int(sys.argv[3]), sys.argv[4]
if kind == "flat":
    index = faiss.IndexBinaryFlat(256)
else:
    # 11 tables of 23 bits, two flips each: exact up to 32 bits (11 x 3 - 1).
    index = faiss.IndexBinaryMultiHash(256, 11, 23)
    index.nflip = 2
index.add(hashes)
started = time.process_time()
hits = 0
for query in queries:
    # faiss counts distances below the radius.
    limits, _, _ = index.range_search(query.reshape(1, 32), radius + 1)
    hits += int(limits[-1])
seconds = time.process_time() - started
print(json.dumps({"version": faiss.__version__, "queriesPerCpuSecond": len(queries) / seconds, "hits": hits}))
