#!/usr/bin/env python3
"""Holds the predicted memory of runs against the most that they took.

Usage: prediction.py SNN [--threads N,...] [--bound PERCENT] [NETWORK...]

Networks: cuba, coba, brunel, microcircuit (a tenth), random (10^7 synapses),
wide (weights of two words), coupled (2*10^6 gap junctions); full (the whole
microcircuit) and generated (that with rows that are made when they are needed)
only when they are named. Each is built as a program of its own, whose memory
is the network's, and not the compiler's as with `snn run`; runs are short where
recorded spikes, whose number nobody knows beforehand, would outweigh it. Exits
with 1 if a prediction is off by more than the bound (15).
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
KERNELS = ROOT/"bench/networks/kernels.snn"
NETWORKS = {
    # name: model, experiment, duration, settings
    "cuba": (ROOT/"examples/cuba", "SelfSustained", "300ms", ()),
    "coba": (ROOT/"examples/coba", "SelfSustained", "300ms", ()),
    "brunel": (ROOT/"examples/brunel", "AsynchronousIrregular", "200ms", ()),
    "microcircuit": (ROOT/"examples/microcircuit", "Scaled", "200ms", ()),
    "random": (ROOT/"bench/networks/random.snn", "Cost", "20ms", ()),
    "wide": (KERNELS, "DeliverDrawn", "1ms", ["net.w=100mV"]),
    "coupled": (ROOT/"bench/networks/coupled.snn", "Cost", "2ms", ()),
}
LARGE = {
    "full": (ROOT/"examples/microcircuit", "Full", "1s", ()),
    "generated": (ROOT/"examples/microcircuit", "Full", "200ms", ()),
}


def build(snn, name, folder):
    model, experiment, _, settings = (NETWORKS | LARGE)[name]
    command = [snn, "build", model, experiment, "-q", "-o", folder/name]
    if name == "generated":
        command += ["--storage", "procedural"]
    for setting in settings:
        command += ["--set", setting]
    subprocess.run(command, check=True)


def measure(name, threads, folder):
    """Bytes predicted, and taken."""
    subprocess.run([folder/name, "--quiet", "--threads", str(threads),
                    "--duration", (NETWORKS | LARGE)[name][2], "-o", folder/"results",
                    "--stats", folder/"stats.json"], check=True)
    stats = json.loads((folder/"stats.json").read_text())
    return stats["predicted_bytes"], stats["peak_rss_bytes"]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("snn", type=pathlib.Path)
    parser.add_argument("networks", nargs="*", metavar="NETWORK",
                        choices=[*NETWORKS, *LARGE, []])
    parser.add_argument("--threads", default="1,2,4")
    parser.add_argument("--bound", type=float, default=15)
    options = parser.parse_args()
    off = 0
    print(f"{'network':14}{'threads':>8}{'predicted':>12}{'taken':>12}"
          f"{'error':>10}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for network in options.networks or NETWORKS:
            build(options.snn.resolve(), network, folder)
            for threads in options.threads.split(","):
                predicted, taken = measure(network, threads, folder)
                error = 100*(predicted/taken - 1)
                off += abs(error) > options.bound
                print(f"{network:14}{threads:>8}{predicted/2**20:>8.2f} MiB"
                      f"{taken/2**20:>8.2f} MiB{error:>+8.1f} %", flush=True)
    if off:
        print(f"{off} off by more than {options.bound:g} %")
    else:
        print(f"all within {options.bound:g} %")
    sys.exit(off != 0)


if __name__ == "__main__":
    main()
