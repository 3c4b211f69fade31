"""Times detectors of scikit-learn: METHOD FILE COLUMNS THREADS ROUNDS, where FILE holds float32 rows.

Prints the seconds of each round, fit and score of all rows, as a JSON array. A first round does not count.
To add a method: a function of (rows, threads) in METHODS.
"""
import json
import sys
import time

import numpy


def lof(rows, threads):
    from sklearn.neighbors import LocalOutlierFactor
    return LocalOutlierFactor(n_neighbors=20, n_jobs=threads).fit(rows).negative_outlier_factor_


METHODS = {"lof": lof}


def main():
    method, file, columns, threads, rounds = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
    rows = numpy.fromfile(file, dtype=numpy.float32).reshape(-1, columns)
    seconds = []
    for _ in range(rounds + 1):
        started = time.perf_counter()
        METHODS[method](rows, threads)
        seconds.append(time.perf_counter() - started)
    print(json.dumps(seconds[1:]))


main()
