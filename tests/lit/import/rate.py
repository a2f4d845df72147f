#!/usr/bin/env python3
"""Random networks as units that leak: the engine's spikes are the units' own.

Usage: rate.py SNN FOLDER SEED...

And: without a leak and with much time the counts come near to the integer
network's; with a leak that is given back they stay near.
"""
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "Inputs"))
import onnx_file  # noqa: E402


def convert(snn, stem, width, *options):
    done = subprocess.run(
        [snn, "import", f"{stem}.onnx", "-o", str(stem), "--calibrate",
         f"{stem}.npy", "--tests", "40", "--code", "rate", *map(str, options)],
        capture_output=True, text=True)
    assert done.returncode == 0, (options, done.stdout, done.stderr)
    again = subprocess.run([snn, "test", str(stem)], capture_output=True,
                           text=True)
    assert again.returncode == 0, (again.stdout, again.stderr)
    found = json.loads((stem / "conversion.json").read_text())
    assert not (stem / "certificate.json").exists()
    assert found["exact"] is False
    assert found["tested"] == {"inputs": 40, "differing_numbers": 0}, found
    first = found["against_integer_network"]["layers"][1]
    assert first["name"] == "Layer1"
    return first["mean_error"], found["levels"]


def main():
    snn, folder, *seeds = sys.argv[1:]
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for seed in map(int, seeds):
        model, sizes, samples = onnx_file.random_mlp(seed)
        stem = folder / f"mlp{seed}"
        model.save(f"{stem}.onnx")
        onnx_file.npy(f"{stem}.npy", [len(samples) // sizes[0], sizes[0]],
                      samples)
        width = sizes[0]
        # What arrives at once and does not leak is counted without error.
        error, _ = convert(snn, stem, width, "--levels", 20)
        assert error == 0, error
        for beta, reset in ((0.9, "soft"), (0.95, "hard")):
            error, levels = convert(snn, stem, width, "--levels", 25, "--beta",
                                    beta, "--reset", reset)
            assert error < 0.1 * levels, (beta, reset, error)
        from_zero, _ = convert(snn, stem, width, "--levels", 20, "--recipe",
                               "percentile")
        # Counts are cut off, not rounded: half a spike too few.
        assert 0.1 < from_zero < 1, from_zero
    print(f"{len(seeds)} networks: every spike is its unit's")


if __name__ == "__main__":
    main()
