#!/usr/bin/env python3
"""A perceptron that `snn import --code rate` converted, in snnTorch.

Usage: snntorch_mlp.py FOLDER IMAGES LABELS BATCH [COUNT]
FOLDER holds data/*.npy of the converted network: its weights, thresholds and
biases are used as they are. IMAGES and LABELS are idx files, perhaps gzipped.
Prints one JSON object: seconds and processor seconds of the forward passes
alone, and the share of right answers. One thread. As snnTorch's tutorials have
it, the input is a direct current: each step multiplies it with the weights.
Needs the packages torch and snntorch of PyPI, or Debian's python3-torch.
"""
import gzip
import json
import pathlib
import sys
import time

import numpy
import snntorch
import torch

LAYERS = (("Input", "Layer1"), ("Layer1", "Layer2"), ("Layer2", "Output"))


def idx(path):
    raw = pathlib.Path(path).read_bytes()
    data = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    axes = data[3]
    sizes = numpy.frombuffer(data, ">i4", axes, 4)
    return numpy.frombuffer(data, "u1", offset=4 + 4 * axes).reshape(sizes)


def main():
    folder, images, labels, batch, *count = sys.argv[1:]
    torch.set_num_threads(1)
    data = pathlib.Path(folder) / "data"
    report = json.loads((pathlib.Path(folder) / "conversion.json").read_text())
    steps, units = report["levels"], report["units"]
    pixels = idx(images).reshape(-1, 784).astype("f4") / 255
    answers = idx(labels)
    if count:
        pixels, answers = pixels[:int(count[0])], answers[:int(count[0])]
    inputs = torch.from_numpy(numpy.round(pixels * steps))
    weights, biases, neurons = [], [], []
    for source, target in LAYERS:
        flat = numpy.load(data / f"{source}-{target}-weights.npy")
        size = {"Layer1": 256, "Layer2": 256, "Output": 10}[target]
        weights.append(torch.from_numpy(
            flat.reshape(-1, size).T.astype("f4").copy()))
        if target == "Output":
            biases.append(torch.zeros(size))
            continue
        load = lambda name: torch.from_numpy(  # noqa: E731
            numpy.load(data / f"{target}-{name}.npy").astype("f4"))
        biases.append(load("bias"))
        neurons.append((snntorch.Leaky(
            beta=units["beta"], threshold=load("theta"), reset_delay=False,
            reset_mechanism="subtract", inhibition=False), load("begin")))
    start = torch.from_numpy(
        numpy.load(data / "Output-start.npy").astype("f4"))
    right, wall, used = 0, 0.0, 0.0
    size = int(batch)
    with torch.no_grad():
        for at in range(0, len(inputs), size):
            x = inputs[at:at + size]
            wall -= time.perf_counter()
            used -= time.process_time()
            potentials = [begin.expand(len(x), -1).clone()
                          for _, begin in neurons]
            sums = start.expand(len(x), -1).clone()
            for _ in range(steps):
                current = x
                for layer, (neuron, _) in enumerate(neurons):
                    current = torch.nn.functional.linear(
                        current, weights[layer], biases[layer])
                    current, potentials[layer] = neuron(current,
                                                        potentials[layer])
                sums += torch.nn.functional.linear(current, weights[-1])
            winners = sums.argmax(1)
            wall += time.perf_counter()
            used += time.process_time()
            right += int((winners.numpy() == answers[at:at + size]).sum())
    print(json.dumps({"wall_s": wall, "cpu_s": used, "inputs": len(inputs),
                      "accuracy": right / len(inputs),
                      "torch": torch.__version__,
                      "snntorch": snntorch.__version__}))


if __name__ == "__main__":
    main()
