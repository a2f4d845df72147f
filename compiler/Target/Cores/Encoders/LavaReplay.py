#!/usr/bin/env python3
"""Runs the network of lava_network.json on Lava's fixed-point models.

Needs lava-nc (`pip install lava-nc`). Says whether Lava's spikes are those that
the emulator of the chip shows on the same image; exit code 1 if they are not.

Input spikes of tick t act in tick t, but a connection delivers one step after
it got a spike: inputs are sent one step earlier, and what those of tick 0 make
is handed to the neurons as currents.
"""
import json
import pathlib
import sys

import numpy as np
from lava.magma.core.run_conditions import RunSteps
from lava.magma.core.run_configs import Loihi2SimCfg
from lava.proc.dense.process import DelayDense, Dense
from lava.proc.io.sink import RingBuffer as Sink
from lava.proc.io.source import RingBuffer as Source
from lava.proc.lif.process import LIF
from lava.utils.weightutils import SignMode


def bias_codes(biases):
    """Mantissas of 13 bits and the exponent that they share."""
    for exponent in range(8):
        if all(b % 2**exponent == 0 and -4096 <= b >> exponent <= 4095
               for b in biases):
            return np.array(biases) >> exponent, exponent
    sys.exit("these biases have no common exponent")


def connection(block, inputs, targets):
    """The synapses of a block, and the same as sums by delay."""
    shape = (targets, inputs)
    weights, delays = np.zeros(shape, int), np.zeros(shape, int)
    weights[block["target"], block["source"]] = block["weight"]
    delays[block["target"], block["source"]] = block["delay"]
    common = {"weights": weights, "weight_exp": block["exponent"],
              "num_weight_bits": 8, "sign_mode": SignMode.MIXED,
              "num_message_bits": 8 if block["from"] is None else 0}
    made = (DelayDense(delays=delays, **common) if delays.any()
            else Dense(**common))
    return made, weights, delays


def main():
    folder = pathlib.Path(__file__).resolve().parent
    network = json.loads((folder / "lava_network.json").read_text())
    ticks, groups = network["ticks"], network["groups"]
    sizes = [len(group["neurons"]) for group in groups]
    events = np.zeros((network["inputs"], ticks + 1), int)
    for tick, line in network["events"]:
        if tick < ticks:
            events[line, tick] += 1

    neurons, sinks, first = [], [], []
    for group, size in zip(groups, sizes):
        mantissa, exponent = bias_codes(group["bias"])
        neurons.append(LIF(shape=(size,), u=np.array(group["u"]),
                           v=np.array(group["v"]), du=group["du"],
                           dv=group["dv"], vth=group["vth"],
                           bias_mant=mantissa, bias_exp=exponent))
        sinks.append(Sink(shape=(size,), buffer=ticks))
        neurons[-1].s_out.connect(sinks[-1].a_in)
        first.append(np.zeros((size, ticks), int))
        # Joins all groups, so that one run has them all.
        if len(neurons) > 1:
            none = Dense(weights=np.zeros((size, sizes[0]), int))
            neurons[0].s_out.connect(none.s_in)
            none.a_out.connect(neurons[-1].a_in)

    if network["inputs"]:
        source = Source(data=events[:, 1:])
    for block in network["blocks"]:
        outside = block["from"] is None
        inputs = network["inputs"] if outside else sizes[block["from"]]
        to = block["to"]
        made, weights, delays = connection(block, inputs, sizes[to])
        (source if outside else neurons[block["from"]]).s_out.connect(made.s_in)
        made.a_out.connect(neurons[to].a_in)
        if outside:
            for delay in np.unique(delays):
                sums = np.where(delays == delay, weights, 0) @ events[:, 0]
                shift = block["exponent"]
                if delay < ticks:
                    first[to][:, delay] += (sums << shift if shift > 0
                                            else sums >> -shift)
    for group, data in zip(neurons, first):
        if data.any():
            Source(data=data).s_out.connect(group.a_in)

    neurons[0].run(condition=RunSteps(num_steps=ticks),
                   run_cfg=Loihi2SimCfg(select_tag="fixed_pt"))
    shown = [sink.data.get().astype(bool) for sink in sinks]
    neurons[0].stop()

    total = 0
    for number, (group, size) in enumerate(zip(groups, sizes)):
        expected = np.zeros((size, ticks), bool)
        for tick, neuron in group["spikes"]:
            expected[neuron, tick] = True
        total += int(expected.sum())
        differing = np.argwhere((expected != shown[number]).T)
        if len(differing):
            tick, neuron = differing[0]
            print(f"{group['name']}[{neuron}] in tick {tick}: Lava "
                  f"{'spikes' if shown[number][neuron, tick] else 'is silent'},"
                  f" the emulator does not agree ({len(differing)} such)")
            return 1
    print(f"{sum(sizes)} neurons, {ticks} ticks: all {total} spikes are equal")
    return 0


if __name__ == "__main__":
    sys.exit(main())
