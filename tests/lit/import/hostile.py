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
        model = of.Model()
        model.input("x", [1, 2])
        entry = lambda k, v: of.field(13, of.field(1, k) + of.field(2, str(v)))
        model.graph += of.field(5, of.field(1, 2) + of.field(1, 2)
                                + of.field(2, 1) + of.field(8, "w")
                                + entry("location", where)
                                + entry("offset", offset)
                                + entry("length", length) + of.field(14, 1))
        model.output(model.node("MatMul", ["x", "w"]))
        yield "external-" + name, model.bytes(), {77}
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
    print(f"{len(cases)} files, {failed} wrong")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
