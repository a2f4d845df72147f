"""What tolerances gain in updates, and what they cost in potential.

Usage: quiescent.py NEAR EXACT NEAR-STATS EXACT-STATS, folders of results and
files of statistics.

Putting a neuron to rest changes V by at most eps and I by at most eps_I, which
changes V later by at most eps_I/C times what an exponential of tau_s makes in a
membrane of tau_m. Both decay within the 150 ms and more between volleys, where
the tests have spikes at the same steps.
"""
import array
import json
import math
import sys
import zipfile

EPS, EPS_I = 0.01, {"A": 0.1, "B": 0.2}    # mV, pA
TAU_M, TAU_S, C = 12.0, 5.0, 250.0         # ms, ms, pF


def read(folder, name, code):
    with zipfile.ZipFile(f"{folder}/traces.npz") as archive:
        data = archive.read(f"{name}.npy")
    start = 10 + int.from_bytes(data[8:10], "little")
    return array.array(code, data[start:])


def passed_over(path):
    with open(path) as file:
        return json.load(file)["ops"]["updates_at_rest"]


def largest_psp(current):
    """Of an exponential current of 1 pA times `current`, in mV."""
    peak = math.log(TAU_M/TAU_S)*TAU_M*TAU_S/(TAU_M - TAU_S)
    return (current/C*TAU_M*TAU_S/(TAU_M - TAU_S)
            * (math.exp(-peak/TAU_M) - math.exp(-peak/TAU_S)))


near, exact, near_stats, exact_stats = sys.argv[1:]
gain = passed_over(near_stats)/max(1, passed_over(exact_stats))
assert gain > 1.2, gain
print(f"passed over {gain:.2f} times as often")

largest = 0
for population in "AB":
    pairs = list(zip(read(near, f"{population}/V", "d"),
                     read(exact, f"{population}/V", "d")))
    difference = max(abs(a - b) for a, b in pairs)
    assert difference > 0, "no tolerance was used"
    bound = EPS + largest_psp(EPS_I[population])
    assert difference <= bound, (population, difference, bound)
    largest = max(largest, difference)
print(f"largest difference of V {largest:.3g} mV: within the bound")
