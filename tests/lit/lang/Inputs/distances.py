#!/usr/bin/env python3
"""Holds the synapses of distances.snn against closed forms: distances.py RESULTS.

The number of synapses between neurons at a distance is a sum of independent
draws, one for each pair, whose mean and variance are sums of the probability p
and of p(1 - p); every ring 10 um wide
is asked, and all of them together. Weights and delays are asked of
every synapse.
"""
import ast
import itertools
import math
import pathlib
import struct
import sys
import zipfile

STEP = 0.1


def read_array(archive, name):
    data = archive.read(name + ".npy")
    length, = struct.unpack_from("<H", data, 8)
    header = ast.literal_eval(data[10:10 + length].decode())
    kind = {"<u4": "I", "<f8": "d"}[header["descr"]]
    count = header["shape"][0]
    return struct.unpack_from(f"<{count}{kind}", data, 10 + length)


def grid(sizes, spacing, middle=(0, 0, 0)):
    """Places of neurons, the last index running fastest."""
    axes = [[middle[axis] + (i - (n - 1)/2)*spacing[axis] for i in range(n)]
            for axis, n in enumerate(sizes)]
    axes += [[middle[axis]] for axis in range(len(sizes), 3)]
    return list(itertools.product(*axes))


def way(source, target, period):
    parts = [b - a for a, b in zip(source, target)]
    parts = [x - p*round(x/p) if p else x for x, p in zip(parts, period)]
    return math.sqrt(sum(x*x for x in parts)), *parts


E = grid((30, 20), (20, 20))
I = grid((15, 10), (40, 40))
R = grid((24, 24), (20, 20))
J = grid((17, 13), (31, 47), (5, -3, 80))
L = grid((600,), (4,))
V = grid((8, 9, 10), (15, 20, 25))


def column(i, j):
    return grid((10, 10), (20, 20), ((i - 1.5)*250, (j - 2)*250, 0))


def falling(d, *_):
    return math.exp(-d/500)


def with_distance(d, *_):
    return 0.2 + d/300


def one_ms(*_):
    return 1


NO_EDGES = (0, 0, 0)
# Path, name, places of both, period, then as functions of the distance and its
# parts: the probability, the weight in mV and the delay in ms.
PROJECTIONS = [
    ("E->E.syn#0", "exponential", E, E, NO_EDGES,
     lambda d, *_: 0.4*math.exp(-d/80),
     lambda d, *_: 2*math.exp(-d/200),
     lambda d, *_: 0.5 + d/300),
    ("R->R.syn#0", "gaussian, edges meet", R, R, (480, 480, 0),
     lambda d, *_: 0.5*math.exp(-d*d/(2*70*70)) if 0 < d < 210 else 0,
     lambda *_: 1,
     lambda d, *_: max(STEP, d/100)),
    ("E->I.syn#0", "doughnut", E, I, NO_EDGES,
     lambda d, *_: 0.3 if 100 <= d < 180 else 0,
     lambda d, *_: 1 - 0.5*d/180,
     one_ms),
    ("I->E.syn#0", "rectangle", I, E, NO_EDGES,
     lambda d, x, y, z: 0.25 if abs(x) <= 100 and abs(y) <= 50 else 0,
     lambda *_: -0.5,
     one_ms),
    ("E->J.syn#0", "sheets of other spacings, one deeper", E, J, NO_EDGES,
     lambda d, *_: min(0.9, 40/d),
     lambda d, x, y, z: (z + x/2)/100,
     one_ms),
    ("L->L.syn#0", "ring", L, L, (2400, 0, 0),
     lambda d, *_: 1 if 0 < d <= 40 else 0,
     lambda *_: 0.1,
     lambda d, *_: 0.5 + max(STEP, round(d/50/STEP)*STEP)),
    ("V->V.syn#0", "volume", V, V, NO_EDGES,
     lambda d, x, y, z: 0.3*math.exp(-d/50) if z >= 0 else 0,
     lambda *_: 0.1,
     one_ms),
] + [(f"V1[0,1].L23E->V1[{i},{j}].L23E.syn#0", "columns", column(0, 1),
      column(i, j), NO_EDGES, falling, falling, with_distance)
     for i, j in [(1, 1), (2, 1), (2, 4)]]


def fault_of(archive, path, sources, targets, period, p, weight, delay):
    rings = {}
    for source in sources:
        for target in targets:
            at = way(source, target, period)
            ring = rings.setdefault(int(at[0]/10 + 1e-6), [0, 0, 0])
            chance = p(*at)
            ring[0] += chance
            ring[1] += chance*(1 - chance)
    pairs = list(zip(read_array(archive, path + "/source"),
                     read_array(archive, path + "/target")))
    weights = read_array(archive, path + "/weight")
    delays = read_array(archive, path + "/delay")
    if len(pairs) < 500 or len(set(pairs)) != len(pairs):
        return f"{len(pairs)} synapses of {len(set(pairs))} pairs"
    largest = max(map(abs, weights))
    for (source, target), w, time in zip(pairs, weights, delays):
        at = way(sources[source], targets[target], period)
        if p(*at) == 0:
            return f"a synapse over {at[0]} um"
        if abs(w - weight(*at)) > largest*2**-20:
            return f"weight {w} mV over {at[0]} um, not {weight(*at)}"
        steps = delay(*at)/STEP
        if abs(round(time/STEP) - steps) > 0.5 + 1e-6:
            return f"delay {time} ms over {at[0]} um, not {delay(*at)}"
        rings[int(at[0]/10 + 1e-6)][2] += 1
    rings["any"] = [sum(column) for column in zip(*rings.values())]
    for ring, (mean, variance, found) in rings.items():
        if abs(found - mean) > 4.5*math.sqrt(variance) + 1e-6:
            return (f"{found} synapses in ring {ring}, not "
                    f"{mean:.1f} +- {math.sqrt(variance):.1f}")
    return None


with zipfile.ZipFile(pathlib.Path(sys.argv[1])/"synapses.npz") as archive:
    for path, name, *expected in PROJECTIONS:
        fault = fault_of(archive, path, *expected)
        print(f"{path} {name}: {fault or 'as expected'}")
