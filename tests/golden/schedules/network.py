#!/usr/bin/env python3
"""The network that run_nest.py and run_brian2.py run.

Writes currents.csv, excitatory.csv and inhibitory.csv with their weights and delays. Weights
are multiples of 1/8, delays of 0.1 ms: all are exact in every simulator.
"""

import csv
import pathlib

HERE = pathlib.Path(__file__).parent
EXCITATORY, INHIBITORY = 16, 4
NEURONS = EXCITATORY + INHIBITORY


class Sequence:
    """Knuth's linear congruential generator: the same everywhere."""

    def __init__(self):
        self.state = 2026

    def below(self, bound):
        self.state = (6364136223846793005 * self.state + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound


def draw(sequence, sources, degree, weight, spread):
    """`degree` targets of every source, all different from it."""
    edges = []
    for source in range(sources.start, sources.stop):
        targets = set()
        while len(targets) < degree:
            target = sequence.below(NEURONS)
            if target != source:
                targets.add(target)
        for target in sorted(targets):
            edges.append(
                (
                    source - sources.start,
                    target,
                    weight + sequence.below(spread) / 8,
                    (2 + sequence.below(30)) / 10,
                )
            )
    return edges


def networks():
    sequence = Sequence()
    excitatory = draw(sequence, range(0, EXCITATORY), 6, 90, 400)
    inhibitory = draw(sequence, range(EXCITATORY, NEURONS), 8, -260, 400)
    return {"excitatory": excitatory, "inhibitory": inhibitory}


def write(name, header, rows):
    with open(HERE / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def current(neuron):
    """pA, given to each neuron all the time."""
    return 330 + 6.5 * neuron


def write_spikes(name, spikes):
    """Pairs of step and neuron, sorted."""
    write(name, ["step", "neuron"], sorted(spikes))


if __name__ == "__main__":
    write("currents.csv", ["current"], [[current(i)] for i in range(NEURONS)])
    for name, edges in networks().items():
        write(f"{name}.csv", ["source", "target"], [e[:2] for e in edges])
        write(f"{name}-weights.csv", ["weight"], [[e[2]] for e in edges])
        write(f"{name}-delays.csv", ["delay"], [[e[3]] for e in edges])
