"""Compares whom synapses join before and after they were rewired.

Usage: rewired.py BEFORE AFTER: two results with weights of E -> E.
"""
import array
import collections
import sys
import zipfile


def read(folder, name):
    with zipfile.ZipFile(folder + "/weights.npz") as file:
        name, = (n for n in file.namelist() if n.endswith(f"/{name}.npy"))
        data = file.read(name)
    begin = 10 + int.from_bytes(data[8:10], "little")
    return array.array("I", data[begin:])


before, after = sys.argv[1:]
pairs = [list(zip(read(f, "source"), read(f, "target")))
         for f in (before, after)]
degrees = [collections.Counter(target for _, target in p) for p in pairs]
assert degrees[0] == degrees[1], "a target has more or fewer synapses"
assert len(set(pairs[1])) == len(pairs[1]), "a pair has two synapses"
assert all(s != t for s, t in pairs[1]), "a neuron is its own source"
assert pairs[1] == sorted(pairs[1]), "not by source, then target"
stay = len(set(pairs[0]) & set(pairs[1]))
expected = len(pairs[0]) / 99 * len(pairs[0]) / 100
assert abs(stay - expected) < 5 * expected ** 0.5, (stay, expected)
outgoing = collections.Counter(source for source, _ in pairs[1])
mean = len(pairs[1]) / 100
chi = sum((outgoing[s] - mean) ** 2 / mean for s in range(100))
assert chi < 160, chi  # 99 degrees of freedom: one of 10,000 is above
print("rewired", len(pairs[1]), "synapses")
