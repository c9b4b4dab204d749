"""Audit every wheel below a folder on Ray Data.

usage: python ray_audit.py FOLDER RESULT

FOLDER is one that every worker sees; RESULT is a folder of Parquet files, one row a wheel.
"""

import sys
from pathlib import Path

import pyarrow
import ray

import truewheel.arrow

# What a worker audits at a time; a lost worker's batches are tried again.
BATCH = 100

folder, result = sys.argv[1:]
ray.init()

paths = [str(path) for path in sorted(Path(folder).rglob("*.whl"))]
wheels = ray.data.from_arrow(pyarrow.table({"path": paths})).repartition(max(1, len(paths) // BATCH))
audits = wheels.map_batches(truewheel.arrow.audit, batch_format="pyarrow", batch_size=BATCH)
audits.write_parquet(result)

print(ray.data.read_parquet(result).groupby("status").count().to_pandas())
