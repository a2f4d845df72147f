#!/usr/bin/env python3
"""Random networks: the spiking network gives the numbers of the integer one.

Usage: exact.py SNN FOLDER KIND SEED...   KIND: mlp, sigmoid, or a function of
Inputs/onnx_file.py
"""
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "Inputs"))
import onnx_file  # noqa: E402


def make(kind, seed):
    if kind == "mlp":
        return onnx_file.random_mlp(seed)
    if kind == "sigmoid":
        return onnx_file.random_mlp(
            seed, activation=["Tanh", "Sigmoid", "LeakyRelu"][seed % 3])
    return getattr(onnx_file, kind)(seed)


def compare_report(command, found, stem):
    """A report without synapses counts what the model has."""
    path = pathlib.Path(f"{stem}.json")
    subprocess.run([*command, found["code"], "-o", str(path), "--report"],
                   check=True, capture_output=True)
    report = json.loads(path.read_text())
    files = found["sha256"]
    for told, made in zip(report["layers"], found["layers"], strict=True):
        for key in ("name", "kind", "neurons", "spikes_per_input"):
            assert told[key] == made[key], (told, made)
        name = made["name"]
        is_listed = all(
            file.replace("-weights", "-pairs") in files for file in files
            if file.endswith(f"-{name}-weights.npy"))
        # All pairs have synapses without weight, too.
        assert (told["synapses"] == made["synapses"] if is_listed
                else told["synapses"] <= made["synapses"]), (told, made)
        assert told["weights"] <= made["synapses"] or not made["synapses"]
    weighed = {cost["code"]: cost for cost in found["weighed"]}
    for told in report["weighed"]:
        made = weighed[told["code"]]
        assert told["sops_per_input"] <= made["sops_per_input"], (told, made)
        assert (told["neuron_updates_per_input"]
                == made["neuron_updates_per_input"]), (told, made)


def main():
    snn, folder, kind, *seeds = sys.argv[1:]
    folder = pathlib.Path(folder)
    kind, _, wanted = kind.partition(":")
    folder.mkdir(parents=True, exist_ok=True)
    numbers = 0
    for seed in map(int, seeds):
        model, sizes, samples = make(kind, seed)
        stem = folder / f"{kind}{seed}"
        model.save(f"{stem}.onnx")
        width = sizes[0] if isinstance(sizes, list) else sizes
        onnx_file.npy(f"{stem}.npy", [len(samples) // width, width], samples)
        levels = [15, 7, 1, 31, 4][seed % 5]
        codes = ["two-phase", "first-spike", "bit-serial", "auto"]
        code = wanted or codes[seed % 4]
        command = [snn, "import", f"{stem}.onnx",
                   "--calibrate", f"{stem}.npy", "--levels", str(levels),
                   "--tests", "40", "--code"]
        done = subprocess.run([*command, code, "-o", str(stem)],
                              capture_output=True, text=True)
        if code == "bit-serial" and done.returncode == 6:
            # Not every network has bits; then it says why.
            assert "has no form in the bit-serial code: " in done.stderr
            done = subprocess.run([*command, "auto", "-o", str(stem)],
                                  capture_output=True, text=True)
        if done.returncode:
            print(kind, seed, done.stdout, done.stderr)
            return 1
        # Its own test says so, too.
        again = subprocess.run([snn, "test", str(stem)], capture_output=True,
                               text=True)
        if again.returncode:
            print(kind, seed, again.stdout, again.stderr)
            return 1
        found = json.loads((stem / "certificate.json").read_text())
        assert found["tested"] == {"inputs": 40, "differing_numbers": 0}, found
        # How often signed units fire is seen by running them alone.
        if wanted != "signed" and kind in ("mlp", "sigmoid", "random_cnn"):
            compare_report(command, found, stem)
        numbers += sum(layer["neurons"] for layer in found["layers"]) * 40
    print(f"{len(seeds)} networks: 0 of {numbers} numbers differ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
