"""Times detectors of scikit-learn: METHOD FILE COLUMNS THREADS ROUNDS, where FILE holds float32 rows.

Prints the seconds of each round, fit and score of all rows, as a JSON array. A first round on few rows does not count, nor, as in our own measure, the first
on all rows if it takes less than ten seconds; no round begins after a minute.
To add a method: a function of (rows, threads) in METHODS.
"""
import json
import sys
import time

import numpy


def lof(rows, threads):
    from sklearn.neighbors import LocalOutlierFactor
    return LocalOutlierFactor(n_neighbors=20, n_jobs=threads).fit(rows).negative_outlier_factor_


def isolation_forest(rows, threads):
    from sklearn.ensemble import IsolationForest
    return IsolationForest(n_estimators=100, max_samples=256, n_jobs=threads, random_state=1).fit(rows).score_samples(rows)


def pca(rows, threads):
    from sklearn.decomposition import PCA
    model = PCA(n_components=0.9).fit(rows)
    return ((rows - model.inverse_transform(model.transform(rows))) ** 2).sum(axis=1)


METHODS = {"lof": lof, "isolation_forest": isolation_forest, "pca": pca}


def measure(method, rows, threads):
    started = time.perf_counter()
    METHODS[method](rows, threads)
    return time.perf_counter() - started


def main():
    method, file, columns, threads, rounds = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
    rows = numpy.fromfile(file, dtype=numpy.float32).reshape(-1, columns)
    METHODS[method](rows[:2000], threads)
    seconds = [measure(method, rows, threads)]
    if seconds[0] < 10:
        seconds.clear()
    while len(seconds) < rounds and sum(seconds) < 60:
        seconds.append(measure(method, rows, threads))
    print(json.dumps(seconds))


main()
