"""Sixty trains on the grid of 1 ms, no two spikes of a train in one step."""
import random

draw = random.Random(1)
print("time,neuron")
for t in range(1, 321):
    for neuron in range(60):
        if draw.random() < 0.2:
            print(f"{t},{neuron}")
