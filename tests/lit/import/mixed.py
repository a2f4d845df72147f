#!/usr/bin/env python3
"""Layers with codes of their own: the numbers stay those of the integer network.

Usage: mixed.py SNN FOLDER
"""
import itertools
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "Inputs"))
import onnx_file  # noqa: E402

CODES = ("two-phase", "first-spike", "bit-serial")


def convert(snn, stem, levels, codes):
    return subprocess.run(
        [snn, "import", f"{stem}.onnx", "-o", str(stem), "--calibrate",
         f"{stem}.npy", "--levels", str(levels), "--tests", "20", "--code",
         ",".join(f"{layer}={code}" for layer, code in codes.items())],
        capture_output=True, text=True)


def check(snn, stem, codes, done):
    assert done.returncode == 0, (codes, done.stdout, done.stderr)
    again = subprocess.run([snn, "test", str(stem)], capture_output=True,
                           text=True)
    assert again.returncode == 0, (codes, again.stdout, again.stderr)
    found = json.loads((stem / "certificate.json").read_text())
    assert found["tested"] == {"inputs": 20, "differing_numbers": 0}, found
    chosen = {layer["name"]: layer["code"] for layer in found["layers"]}
    assert all(chosen[layer] == code for layer, code in codes.items()), chosen
    return found


def make(folder, name, model, width, samples):
    stem = folder / name
    model.save(f"{stem}.onnx")
    onnx_file.npy(f"{stem}.npy", [len(samples) // width, width], samples)
    return stem


def main():
    snn, folder = sys.argv[1:]
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    model, sizes, samples = onnx_file.random_mlp(2)
    stem = make(folder, "mlp", model, sizes[0], samples)
    spikes = {}
    for levels in (7, 12):
        for first, second in itertools.product(CODES, CODES):
            codes = {"Input": first, "Layer1": second}
            found = check(snn, stem, codes, convert(snn, stem, levels, codes))
            spikes[levels, first, second] = [
                layer["spikes_per_input"] for layer in found["layers"][:2]]
    for levels in (7, 12):
        for code in CODES[1:]:
            # Counts are the same, and each code has as many spikes for them,
            # whatever the other layer does.
            own = {tuple(spikes[levels, code, other])[0] for other in CODES}
            assert len(own) == 1, own
            assert own.pop() < spikes[levels, "two-phase", code][0]
    done = convert(snn, stem, 7, {"Layer9": "two-phase"})
    assert done.returncode == 2, done
    assert "no layer `Layer9` has a code of its own" in done.stderr, done
    assert "layers that have are Input, Layer1" in done.stderr, done
    done = convert(snn, stem, 7, {"Layer1": "graded"})
    assert done.returncode == 2 and "gives no layer a code" in done.stderr, done
    done = subprocess.run(
        [snn, "import", f"{stem}.onnx", "-o", str(stem), "--input-range",
         "0..1", "--code", "Layer1=bit-serial,Layer1=two-phase"],
        capture_output=True, text=True)
    assert done.returncode == 2, done
    assert "`--code` names layer `Layer1` twice" in done.stderr, done
    done = convert(snn, stem, 255, {"Layer1": "bit-serial"})
    assert done.returncode == 6 and "beyond 53 bits" in done.stderr, done
    print("18 mixtures: every number is the integer network's")


if __name__ == "__main__":
    main()
