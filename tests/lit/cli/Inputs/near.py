"""Whether a chip's spikes and recorded potentials are near those of the CPU."""
import array
import sys
import zipfile


def read(folder, archive, name, kind):
    data = zipfile.ZipFile(f"{folder}/{archive}.npz").read(name + ".npy")
    end = 10 + int.from_bytes(data[8:10], "little")
    return array.array(kind, data[end:])


cpu, chip = sys.argv[1:3]
for population in ("E", "I"):
    ids, times = ([read(run, "spikes", f"{population}/{part}", kind)
                   for run in (cpu, chip)]
                  for part, kind in (("id", "I"), ("t", "d")))
    counts = list(map(len, times))
    assert counts[0] > 100 and abs(counts[0] - counts[1]) < 0.02 * counts[0], \
        (population, *counts)
    on_chip = {}
    for neuron, time in zip(ids[1], times[1]):
        on_chip.setdefault(neuron, []).append(time)
    near = sum(any(abs(time - other) <= 1 for other in on_chip.get(neuron, []))
               for neuron, time in zip(ids[0], times[0]))
    assert near > 0.9 * counts[0], (population, near, counts[0])
traces = [read(run, "traces", "E/V", "d") for run in (cpu, chip)]
assert len(traces[0]) == len(traces[1]) == 5 * 500, list(map(len, traces))
near = sum(abs(a - b) < 1 for a, b in zip(*traces))
assert near > 0.9 * len(traces[0]), near
