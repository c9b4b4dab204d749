"""Audit every wheel below a folder on Spark.

usage: spark-submit spark_audit.py FOLDER RESULT

FOLDER is one that every worker sees; RESULT is a folder of Parquet files, one row a wheel.
"""

import sys
from pathlib import Path

from pyspark.sql import SparkSession

import truewheel.arrow

# What a worker audits at a time; with a column of bytes so many wheels lie in its memory.
BATCH = 100

folder, result = sys.argv[1:]
spark = SparkSession.builder.appName("truewheel").getOrCreate()
spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH)

paths = [(str(path),) for path in sorted(Path(folder).rglob("*.whl"))]
# Parts are what is tried again when a worker is lost.
wheels = spark.createDataFrame(paths, "path string").repartition(max(1, len(paths) // BATCH))
audits = wheels.mapInArrow(truewheel.arrow.audit_batches, truewheel.arrow.SPARK_SCHEMA)
audits.write.mode("overwrite").parquet(result)

spark.read.parquet(result).groupBy("status").count().show()
