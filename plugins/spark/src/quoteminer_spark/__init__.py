"""Mines a column of texts on all executors of Apache Spark.

``mine`` gives a data frame with the rows of quotes, speakers, claims, mentions or issues, or with one row a document that holds all of these as lists;
``rows`` takes the rows of one kind out of the latter.
"""

from .frames import mine, rows

__all__ = ["mine", "rows"]
