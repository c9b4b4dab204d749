"""Audit every wheel below a folder on Dask.

usage: python dask_audit.py FOLDER RESULT

FOLDER is one that every worker sees; RESULT is a folder of Parquet files, one row a wheel.
"""

import sys
from pathlib import Path

import dask.dataframe
import pandas
import pyarrow
from dask.distributed import Client

import truewheel.arrow

# What a worker audits at a time; a lost worker's parts are tried again.
BATCH = 100


def audit(part: pandas.DataFrame) -> pandas.DataFrame:
    """Audit a part; Dask's tables are those of pandas."""
    return truewheel.arrow.audit(pyarrow.Table.from_pandas(part, preserve_index=False)).to_pandas()


if __name__ == "__main__":
    folder, result = sys.argv[1:]
    # A worker has a process of its own and audits one part at a time.
    with Client(threads_per_worker=1):
        paths = [str(path) for path in sorted(Path(folder).rglob("*.whl"))]
        wheels = dask.dataframe.from_pandas(pandas.DataFrame({"path": paths}), chunksize=BATCH)
        audits = wheels.map_partitions(audit, meta=truewheel.arrow.SCHEMA.empty_table().to_pandas())
        audits.to_parquet(result, schema=truewheel.arrow.SCHEMA, write_index=False)
        print(dask.dataframe.read_parquet(result)["status"].value_counts().compute())
