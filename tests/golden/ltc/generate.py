#!/usr/bin/env python3
"""Steps a small liquid time-constant network by the published formula.

Usage: generate.py > reference.csv   (needs numpy)

The fused step of Hasani et al. (2021), AAAI 35:7657, equation 3, as in the cell
of Lechner et al. (2020) with membrane capacitance C, of one unfolding of length
h; sums go over all synapses onto i, conductances are those of the last step:

  v_i <- (C/h*v_i + g*v_leak + sum_j w_ij*s(v_j)*E_ij)
         / (C/h + g + sum_j w_ij*s(v_j)),   s(v) = 1/(1 + exp(-sigma*(v - mu)))

Two sensors, held at 0.8 and 0.3, and three neurons; the wiring is that of
tests/lit/stdlib/liquid-neurons.snn.
"""
import numpy as np

C, h, leak, rest = 1.0, 0.25, 0.5, 0.0
mu, sigma = 0.5, 5.0
sensors = np.array([0.8, 0.3])
# (source, target, weight, reversal); sources 0 and 1 are the sensors.
synapses = [
    (0, 2, 1.2, 1), (1, 2, 0.7, 1), (1, 3, 0.9, -1), (0, 3, 0.4, 1),
    (2, 4, 1.5, 1), (3, 4, 0.8, -1), (4, 2, 0.6, -1), (4, 3, 1.1, 1),
]


def main():
    v = np.concatenate([sensors, [0.1, -0.2, 0.4]])
    print("step,a,b,c")
    for step in range(1, 201):
        current, conductance = np.zeros(5), np.zeros(5)
        for source, target, w, reversal in synapses:
            g = w / (1 + np.exp(-sigma * (v[source] - mu)))
            conductance[target] += g
            current[target] += g * reversal
        new = (C / h * v + leak * rest + current) / (C / h + leak + conductance)
        v = np.concatenate([sensors, new[2:]])
        if step in (1, 4, 20, 200):
            print(f"{step},{v[2]:.12f},{v[3]:.12f},{v[4]:.12f}")


main()
