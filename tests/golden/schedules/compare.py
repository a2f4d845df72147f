#!/usr/bin/env python3
"""compare.py RESULTS CSV STEP: are the spikes of a run those of a simulator?

RESULTS is a folder that `snn run` has written, CSV holds steps and neurons,
STEP is in ms. Every spike must be equal.
"""

import ast
import csv
import struct
import sys
import zipfile


def array(archive, name):
    """A one-dimensional array of an npz file."""
    data = archive.read(f"{name}.npy")
    size = struct.unpack("<H", data[8:10])[0]
    header = ast.literal_eval(data[10 : 10 + size].decode())
    kinds = {"f4": "f", "f8": "d", "i4": "i", "u4": "I", "i8": "q", "u8": "Q"}
    kind = kinds[header["descr"][1:]]
    return struct.unpack(f"<{header['shape'][0]}{kind}", data[10 + size :])


def main(results, expected, step):
    with zipfile.ZipFile(f"{results}/spikes.npz") as archive:
        names = sorted(name[:-4] for name in archive.namelist())
        times = array(archive, next(n for n in names if n.endswith("t")))
        ids = array(archive, next(n for n in names if n.endswith("id")))
    ours = sorted((round(t / float(step)), i) for t, i in zip(times, ids))
    with open(expected) as file:
        theirs = [tuple(map(int, row)) for row in list(csv.reader(file))[1:]]
    if ours == theirs:
        print(f"{len(ours)} spikes are equal")
        return 0
    for where, (a, b) in enumerate(zip(ours, theirs)):
        if a != b:
            print(f"spike {where}: (step, neuron) is {a}, expected {b}")
            break
    print(f"{len(ours)} spikes, expected {len(theirs)}")
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
