#!/usr/bin/env python3
"""How much the microcircuit differs from seed to seed: the published recipe.

Usage: microcircuit.py [--snn PATH] [--seeds N] [--duration T] FOLDER
Runs examples/microcircuit (Full) with seeds 1 .. N into FOLDER/seed-N, unless
that run is there already. Prints, for each population, mean and deviation of
the rate over seeds, the means of the ISIs' CV and of the correlation of spike
counts, and the mean Kolmogorov-Smirnov distance between two seeds of each
distribution: rates and CVs of all neurons (CV of at least two intervals),
correlations in bins of 2 ms of all pairs of 250 neurons. The recipe asks for
ten seeds of 15 minutes (github.com/INM-6/microcircuit-PD14-model, benchmarking
and reference_data). Exits with 1 if a mean rate leaves its bounds. Needs numpy.
"""
import argparse
import itertools
import json
import pathlib
import subprocess
import sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# Rates in Hz of six runs of 10 s in other simulators, and their tolerance.
REFERENCE = {"L23E": (0.903, 0.08), "L23I": (2.99, 0.015),
             "L4E": (4.40, 0.01), "L4I": (5.875, 0.005), "L5E": (7.6, 0.05),
             "L5I": (8.64, 0.005), "L6E": (1.105, 0.04), "L6I": (7.835, 0.005)}


def distance(a, b):
    """Kolmogorov and Smirnov's, of two samples."""
    a, b = np.sort(a), np.sort(b)
    both = np.concatenate([a, b])
    return np.max(np.abs(np.searchsorted(a, both, side="right")/len(a)
                         - np.searchsorted(b, both, side="right")/len(b)))


def cvs(times, ids):
    order = np.lexsort((times, ids))
    times, ids = times[order], ids[order]
    result = []
    for train in np.split(times, np.flatnonzero(np.diff(ids)) + 1):
        if len(train) > 2:
            intervals = np.diff(train)
            result.append(intervals.std()/intervals.mean())
    return np.array(result)


def correlations(times, ids, size, begin, duration):
    chosen = np.random.default_rng(12345).permutation(size)[:250]
    rows = np.full(size, -1)
    rows[chosen] = np.arange(len(chosen))
    row = rows[ids]
    inside = row >= 0
    bins = np.floor((times[inside] - begin)/2 - 1e-9).astype(int)
    counts = np.zeros((len(chosen), int(round(duration/2))))
    np.add.at(counts, (row[inside], np.clip(bins, 0, counts.shape[1] - 1)), 1)
    counts = counts[counts.std(axis=1) > 0]
    return np.corrcoef(counts)[np.triu_indices(len(counts), 1)]


def statistics(folder):
    manifest = json.loads((folder/"manifest.json").read_text())
    spikes = np.load(folder/"spikes.npz")
    duration = manifest["duration_ms"]
    result = {}
    for path, size in manifest["populations"].items():
        times, ids = spikes[f"{path}/t"], spikes[f"{path}/id"]
        result[path.split(".")[-1]] = {
            "rate": np.bincount(ids, minlength=size)/duration*1000,
            "cv": cvs(times, ids),
            "correlation": correlations(times, ids, size,
                                        manifest["warmup_ms"], duration)}
    return result


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--snn", default=ROOT/"build/release/bin/snn")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--duration", default="900s")
    options = parser.parse_args()

    seeds = []
    for seed in range(1, options.seeds + 1):
        folder = options.folder/f"seed-{seed}"
        if not (folder/"manifest.json").exists():
            subprocess.run([options.snn, "run", ROOT/"examples/microcircuit",
                            "Full", "--seed", str(seed), "--duration",
                            options.duration, "-o", folder], check=True)
        seeds.append(statistics(folder))

    print("| population | rate Hz | sd | CV | correlation | KS rate | KS CV "
          "| KS correlation |")
    print("|---|---|---|---|---|---|---|---|")
    failed = False
    for name, (reference, tolerance) in REFERENCE.items():
        rates = np.array([seed[name]["rate"].mean() for seed in seeds])
        apart = {key: np.mean([distance(a[name][key], b[name][key])
                               for a, b in itertools.combinations(seeds, 2)])
                 for key in ("rate", "cv", "correlation")} \
            if len(seeds) > 1 else dict.fromkeys(
                ("rate", "cv", "correlation"), float("nan"))
        deviation = rates.std(ddof=1) if len(seeds) > 1 else float("nan")
        cv, correlation = (np.mean([seed[name][key].mean() for seed in seeds])
                           for key in ("cv", "correlation"))
        good = abs(rates.mean()/reference - 1) <= tolerance
        failed |= not good
        print(f"| {name} | {rates.mean():.3f}{'' if good else ' outside'} | "
              f"{deviation:.3f} | {cv:.3f} | {correlation:.5f} | "
              f"{apart['rate']:.4f} | {apart['cv']:.4f} | "
              f"{apart['correlation']:.4f} |", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
