#!/usr/bin/env python3
"""Broken and hostile files: one message, an exit code that says so, no crash.

Usage: hostile.py SNN FOLDER
"""
import os
import pathlib
import random
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "Inputs"))
import onnx_file as of  # noqa: E402


def external(shape, where, offset, length):
    """A product with weights in a file of their own."""
    model = of.Model()
    model.input("x", [1, 2])
    entry = lambda k, v: of.field(13, of.field(1, k) + of.field(2, str(v)))
    model.graph += of.field(5, b"".join(of.field(1, size) for size in shape)
                            + of.field(2, 1) + of.field(8, "w")
                            + entry("location", where)
                            + entry("offset", offset)
                            + entry("length", length) + of.field(14, 1))
    model.output(model.node("MatMul", ["x", "w"]))
    return model.bytes()


def repeated(shape, kind, times=1):
    """Nodes that repeat a number, which nothing takes but the first."""
    model = of.Model()
    model.input("x", [1, 4])
    model.weights("s", [len(shape)], shape, of.INT64)
    for i in range(times):
        number = of.field(2, 1) + (of.field(1, 1) + of.field(9, bytes(4))
                                   if kind == of.field(20, 4) else b"")
        model.graph += of.field(1, of.field(1, "s") + of.field(2, f"c{i}")
                                + of.field(3, f"c{i}")
                                + of.field(4, "ConstantOfShape")
                                + of.field(5, of.field(1, "value")
                                           + of.field(5, number) + kind))
    model.output(model.node("Add", ["x", "c0"]) if times == 1
                 else model.node("Relu", ["x"]))
    return model.bytes()


def imports(folder):
    """(name, bytes, exit code, what is said) of what passes `snn check`."""
    model = of.Model()
    model.input("x", [1, 1 << 30])
    model.output(model.node("Relu", ["x"]))
    yield "huge-input", model.bytes(), 6, b"numbers; up to"
    model = of.Model()
    model.input("x", [1, 1 << 20])
    column = model.weights("c", [1 << 10, 1], [1.0] * 1024)
    model.output(model.node("Relu", [model.node("Add", ["x", column])]))
    yield "broadcast", model.bytes(), 6, b"numbers; up to"
    yield "repeated", repeated([1 << 28], of.field(20, 4), 2), 6, b"numbers; up"
    model = of.Model()
    x = model.input("x", [1, 4])
    for _ in range(60):
        x = model.node("Add", [x, x])
    model.output(x)
    yield "doubled", model.bytes(), 0, b"exact in the "
    # Of an activation all levels are alike far from one another.
    model = of.Model()
    model.input("x", [1, 2])
    scale = model.weights("s", [], [0.1])
    x = model.node("QuantizeLinear", ["x", scale])
    scales = model.weights("t", [2], [0.1, 0.3])
    x = model.node("DequantizeLinear", [x, scales], axis=1)
    w = model.weights("w", [2, 2], [1.0] * 4)
    model.output(model.node("MatMul", [x, w]))
    yield "scales", model.bytes(), 6, b"has parts of different scales"
    # What a node is called ends no comment of the model.
    model = of.Model()
    model.input("x", [1, 2])
    model.output(model.node("Relu", ["x"], name="a\nexperiment Evil {}"))
    yield "comment", model.bytes(), 0, b"exact in the "


def named_cases(folder):
    """(name, bytes, exit codes) of what attacks have looked like."""
    good, _, _ = of.random_mlp(3)
    whole = good.bytes()
    yield "empty", b"", {77}
    yield "text", b"this is no model\n" * 40, {77}
    yield "zeros", bytes(4096), {77}
    yield "nested", of.field(7, b"") * 2, {77}
    deep = b""
    for _ in range(400):
        deep = of.field(7, of.field(1, of.field(5, of.field(6, deep))))[:60000]
    yield "deep", deep, {77}
    model = of.Model()
    model.input("x", [1, 4])
    model.graph += of.field(5, b"".join(
        of.field(1, size) for size in (1 << 40, 1 << 40)) + of.field(2, 1)
        + of.field(8, "w") + of.field(9, b"1234"))
    model.output(model.node("MatMul", ["x", "w"]))
    yield "huge-shape", model.bytes(), {77}
    model = of.Model()
    model.input("x", [1, 4])
    model.graph += of.field(5, of.field(1, -3) + of.field(2, 1)
                            + of.field(8, "w"))
    model.output(model.node("Add", ["x", "w"]))
    yield "negative-shape", model.bytes(), {77}
    model = of.Model()
    model.input("x", [1, 4])
    model.weights("w", [4, 3], [1.0] * 11)
    model.output(model.node("MatMul", ["x", "w"]))
    yield "short-data", model.bytes(), {77}
    for name, where, offset, length in [
            ("parent", "../secret.bin", 0, 16),
            ("absolute", "/etc/passwd", 0, 16),
            ("through", "a/../../secret.bin", 0, 16),
            ("link", "link.bin", 0, 16),
            ("hard-link", "hard.bin", 0, 16),
            ("folder", ".", 0, 16),
            ("beyond", "here.bin", 8, 16),
            ("negative-offset", "here.bin", -8, 16),
            ("petabytes", "here.bin", 0, 1 << 50),
            ("overflow", "here.bin", (1 << 63) - 8, 16),
            ("no-number", "here.bin", "x", 16)]:
        yield "external-" + name, external([2, 2], where, offset, length), {77}
    model = of.Model()
    model.input("x", [1, 2])
    model.output(model.node("Relu", ["nowhere"]))
    yield "dangling", model.bytes(), {1}
    model = of.Model()
    model.input("x", [1, 2])
    model.node("Relu", ["b"], ["a"])
    model.output(model.node("Relu", ["a"], ["b"]))
    yield "cycle", model.bytes(), {1}
    model = of.Model()
    model.input("x", [1, 2])
    model.output(model.node("Re\x1b[31mlu", ["x"], name="\x1b]0;owned\x07"))
    yield "escapes", model.bytes(), {1}
    for opset in (0, 6, 23, 1 << 40):
        model, _, _ = of.random_mlp(3)
        model.opset = opset
        yield f"opset-{opset}", model.bytes(), {1}
    for axis in (-(1 << 63), (1 << 63) - 1, -3):
        model = of.Model()
        model.input("x", [1, 2])
        model.output(model.node("Softmax", ["x"], axis=axis))
        yield f"axis-{axis}", model.bytes(), {1}
    for key, value in [("kernel_shape", [0, 2]), ("kernel_shape", [1 << 62, 2]),
                       ("strides", [0, 1]), ("pads", [-1, 0, 0, 0]),
                       ("pads", [1 << 62] * 4), ("kernel_shape", [2]),
                       ("strides", [-1, -1]), ("dilations", [1 << 61, 1])]:
        model = of.Model()
        model.input("x", [1, 1, 4, 4])
        attributes = {"kernel_shape": [2, 2], key: value}
        model.output(model.node("MaxPool", ["x"], **attributes))
        yield f"window-{key}-{value[0]}-{len(value)}", model.bytes(), {1}
    for shape in ([1 << 33, 1 << 33], [-2, 2], [0, 0, 0], [-1, -1]):
        model = of.Model()
        model.input("x", [1, 4])
        model.weights("s", [len(shape)], shape, of.INT64)
        model.output(model.node("Reshape", ["x", "s"]))
        yield f"reshape-{shape[0]}-{len(shape)}", model.bytes(), {1}
    for op, more in (("Conv", 2), ("BatchNormalization", 4), ("Div", 1)):
        model = of.Model()
        model.input("x", [1, 1, 2, 2])
        given = [model.weights("w", [1, 1, 2, 2], [1.0] * 4)] * (op == "Conv")
        given += [model.weights(f"e{i}", [0], [])
                  for i in range(more - len(given))]
        model.output(model.node(op, ["x"] + given))
        yield f"no-elements-{op}", model.bytes(), {1}
    for number in (float("nan"), float("inf")):
        model = of.Model()
        model.input("x", [1, 2])
        model.weights("w", [2, 2], [number] * 4)
        model.output(model.node("MatMul", ["x", "w"]))
        yield f"weight-{number}", model.bytes(), {1}
    # An attribute that holds a tensor, and says that it is a number.
    yield "kind", repeated([4], of.field(20, 2)), {1}
    yield "repeated", repeated([1 << 28], of.field(20, 4), 200), {0}
    for op in ("AveragePool", "MaxPool"):
        model = of.Model()
        model.input("x", [1, 1, 1, 1])
        model.output(model.node(op, ["x"], kernel_shape=[30000] * 2,
                                pads=[30000] * 4))
        yield f"windows-{op}", model.bytes(), {1}
    for name, shape, length in (("holes", [2, 2], -1),
                                ("holes-large", [2, 1 << 29], 1 << 32),
                                ("holes-alike", [2, 1 << 37], 1 << 40)):
        yield name, external(shape, "holes.bin", 0, length), {77}
    for cut in range(1, 60):
        yield f"cut-{cut}", whole[:len(whole) * cut // 60], {77}


def main():
    snn, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    inside = folder / "inside"
    (inside / "a").mkdir(parents=True, exist_ok=True)
    (folder / "secret.bin").write_bytes(bytes(16))
    (inside / "here.bin").write_bytes(bytes(16))
    for name in ("link.bin", "hard.bin"):
        (inside / name).unlink(missing_ok=True)
    (inside / "link.bin").symlink_to(folder / "secret.bin")
    os.link(folder / "secret.bin", inside / "hard.bin")
    with open(inside / "holes.bin", "wb") as file:
        file.truncate(1 << 40)
    cases = list(named_cases(inside))
    # Bytes changed at random: success, a refusal or a broken file, never a
    # crash; whatever is wrong is one message.
    source = random.Random(5)
    for seed in range(120):
        data = bytearray(of.random_mlp(seed)[0].bytes())
        for _ in range(1 + seed % 6):
            data[source.randrange(len(data))] = source.randrange(256)
        cases.append((f"mutant-{seed}", bytes(data), {0, 1, 77}))
    failed = 0
    for name, data, codes in cases:
        path = inside / f"{name}.onnx"
        path.write_bytes(data)
        done = subprocess.run([snn, "check", str(path)], capture_output=True,
                              timeout=60)
        said = done.stderr
        bad = (done.returncode not in codes or b"\x1b" in said
               or (done.returncode and not said.startswith(b"error: ")))
        if bad:
            failed += 1
            print(name, done.returncode, codes, said[:400])
    converted = list(imports(inside))
    for name, data, code, expected in converted:
        path = inside / f"{name}.onnx"
        path.write_bytes(data)
        done = subprocess.run([snn, "import", str(path), "-o",
                               str(inside / name), "--input-range", "0..1"],
                              capture_output=True, timeout=60)
        if done.returncode != code or expected not in done.stderr:
            failed += 1
            print("import", name, done.returncode, code, done.stderr[:400])
        if code and (inside / name).exists():
            failed += 1
            print("import", name, "wrote something")
    print(f"{len(cases) + len(converted)} files, {failed} wrong")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
