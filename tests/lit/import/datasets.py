#!/usr/bin/env python3
"""The same examples give the same report from every form of file.

Usage: datasets.py SNN FOLDER
"""
import json
import pathlib
import random
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "Inputs"))
import datasets  # noqa: E402
import onnx_file as of  # noqa: E402


def network(path, channels, rows, columns, classes, last=False):
    """Means of a channel's halves; with channels last, if `last`."""
    numbers = of.Random(3)
    model = of.Model()
    shape = [channels, rows, columns]
    model.input("x", ["N", *(shape[1:] + shape[:1] if last else shape)])
    x = "x"
    if last:
        x = model.node("Transpose", [x], perm=[0, 3, 1, 2])
    x = model.node("Flatten", [x])
    width = channels * rows * columns
    for i, (a, b) in enumerate(((width, 12), (12, classes))):
        w = model.weights(f"w{i}", [a, b], numbers.normal(a * b, 0.5))
        x = model.node("MatMul", [x, w])
        if i == 0:
            x = model.node("Relu", [x])
    model.output(x)
    model.save(path)


def evaluate(snn, net, folder, data, *more):
    done = subprocess.run([snn, "import", str(net), "-o", str(folder),
                           "--calibrate", str(data), "--evaluate", str(data),
                           *more], capture_output=True, text=True)
    assert done.returncode == 0, (data, done.stdout, done.stderr)
    report = json.loads((folder / "evaluation.json").read_text())
    assert report["differing_numbers"] == 0, report
    for key in ("data", "wall_s"):
        del report[key]
    for each in report["classes"]:
        del each["name"]
    return report, done.stdout


def main():
    snn, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True)
    source = random.Random(5)
    rows, columns, classes, count = 6, 5, 3, 24
    # By label, as a folder for each class is read.
    labels = sorted(source.randrange(classes) for _ in range(count))

    examples = [[source.randrange(256) for _ in range(rows * columns)]
                for _ in range(count)]
    network(folder / "grey.onnx", 1, rows, columns, classes)
    forms = datasets.write(folder / "grey", examples, rows, columns, labels)
    reports = {name: evaluate(snn, folder / "grey.onnx", folder / "out", form)
               for name, form in forms.items()}
    first, text = reports["idx"]
    for name, (report, _) in reports.items():
        assert report == first, (name, report, first)
    assert sum(map(sum, first["confusion"])) == count
    right = sum(first["confusion"][i][i] for i in range(classes)) / count
    assert abs(right - first["accuracy"]["spiking"]) < 1e-12
    assert first["accuracy"]["spiking"] == first["accuracy"]["integer"]
    # Whoever waits for the last step knows what the network says.
    assert first["anytime"][-1]["accuracy"] == first["accuracy"]["spiking"]
    # Behind it nothing changes, and what is decided stays decided.
    decided = [step["decided"] for step in first["anytime"]]
    assert decided == sorted(decided) and decided[-1] == 1, decided
    figure = (folder / "out" / "anytime.svg").read_text()
    assert "answer at a step" in figure and "answer at a lead" in figure
    assert f"{count} inputs of " in text and "network as it was" in text
    # One output leads by nothing.
    network(folder / "single.onnx", 1, rows, columns, 1)
    done = subprocess.run(
        [snn, "import", str(folder / "single.onnx"), "-o",
         str(folder / "single"), "--input-range", "0..1", "--evaluate",
         str(forms["idx"])], capture_output=True, text=True)
    assert done.returncode == 1, done
    assert "one output, which tells no classes apart" in done.stderr, done
    # Ten pixels brighter is another input, unless the mean is taken off.
    bright = [[x // 2 + 51 for x in example] for example in examples]
    dark = [[x // 2 for x in example] for example in examples]
    moved = datasets.write(folder / "bright", bright, rows, columns, labels)
    plain = datasets.write(folder / "dark", dark, rows, columns, labels)
    net = folder / "grey.onnx"
    a, _ = evaluate(snn, net, folder / "out", moved["idx"], "--mean", "0.2",
                    "--std", "0.5")
    b, _ = evaluate(snn, net, folder / "out", plain["idx"], "--std", "0.5")
    c, _ = evaluate(snn, net, folder / "out", moved["idx"], "--std", "0.5")
    assert abs(a["accuracy"]["original"] - b["accuracy"]["original"]) < 1e-9
    assert c["confusion"] != b["confusion"]

    # Colours: channels first or last, as the network has them.
    examples = [[source.randrange(256) for _ in range(rows * columns * 3)]
                for _ in range(count)]
    forms = datasets.write(folder / "rgb", examples, rows, columns, labels, 3)
    both = []
    for last in (False, True):
        net = folder / f"rgb{last}.onnx"
        network(net, 3, rows, columns, classes, last)
        both.append(evaluate(snn, net, folder / "out", forms["folder"])[0])
    assert both[0] == both[1]
    print(f"{len(forms) + len(reports)} forms: one report each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
