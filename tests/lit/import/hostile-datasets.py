#!/usr/bin/env python3
"""Broken and hostile data sets: one message and exit code 66 or 77, no crash.

Usage: hostile-datasets.py SNN FOLDER. The network is missing, so that a data
set which is whole after all ends with the message that says so.
"""
import gzip
import io
import os
import pathlib
import random
import struct
import subprocess
import sys
import zipfile
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).parent / "Inputs"))
import datasets as ds  # noqa: E402


def bomb():
    """A gzip file of 128 KiB for 128 MiB."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb") as file:
        file.write(bytes(1 << 27))
    return out.getvalue()


def zip_bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.npy", bytes(1 << 27))
    return out.getvalue()


def named():
    """(name, bytes, what is said) of what cannot be read."""
    yield "empty.npy", b"", b"does not begin as one"
    yield "text.npy", b"hello, world\n" * 4, b"does not begin as one"
    yield "object.npy", ds.npy([1], [0], "|O"), b"type"
    yield "big.npy", ds.npy([1 << 40, 1 << 40], []), b"overflows"
    yield "more.npy", ds.npy([4, 100], [1] * 300), b"cut off"
    yield "nan.npy", ds.npy([1, 2], [float("nan"), 1], "<f4", "f"), b"infinite"
    yield "none.npy", ds.npy([0, 4], []), b"holds no numbers"
    yield "scalar.npy", ds.npy([], [1]), b"holds no numbers"
    yield "type.idx", b"\0\0\x07\x01\0\0\0\x01\0", b"elements are of type 7"
    yield "axes.idx", b"\0\0\x08\xff" + bytes(2000), b"has 255 axes"
    yield "noaxes.idx", b"\0\0\x08\0", b"has 0 axes"
    yield "short.idx", ds.idx([10, 28, 28], [0] * 7839), b"7839 bytes"
    yield "long.idx", ds.idx([10, 28, 28], [0] * 7841), b"7841 bytes"
    yield "header.idx", ds.idx([10, 28, 28], [])[:9], b"header is cut off"
    yield ("wrap.idx", b"\0\0\x0e\x03" + b"\xff\xff\xff\xff" * 3 + bytes(64),
           b"overflows")
    yield "cut.gz", gzip.compress(bytes(100000))[:60], b"end early"
    yield "head.gz", b"\x1f\x8b", b"end early"
    yield "twist.gz", gzip.compress(b"x" * 999)[:-8] + bytes(8), b"damaged"
    yield "bomb.gz", bomb(), b"more than can be unpacked"
    yield "bomb.npz", zip_bomb(), b"more than can be unpacked"
    yield "none.npz", ds.npz({}), b"no array of examples"
    yield "names.npz", ds.npz({"a": b"", "b": b""}), b"no array of examples"
    yield "garbage.npz", b"PK\3\4" + bytes(100), b"no readable zip"
    yield "plain.npz", b"no archive", b"is no zip archive"
    yield "inner.npz", ds.npz({"x": b"nothing"}), b"does not begin as one"
    yield ("labels.npz", ds.npz({"x": ds.npy([3, 2], [0] * 6),
                                 "y": ds.npy([2], [0, 1])}), b"2 labels for 3")
    yield ("half.npz", ds.npz({"x": ds.npy([1, 2], [0, 1]),
                               "y": ds.npy([1], [0.5], "<f4", "f")}),
           b"no whole number")
    yield ("minus.npz", ds.npz({"x": ds.npy([1, 2], [0, 1]),
                                "y": ds.npy([1], [-1], "|i1", "b")}),
           b"no whole number")
    yield ("dots.npz", ds.npz({"../../../tmp/x": ds.npy([1, 2], [0, 1]),
                               "y": b""}), b"no array of examples")
    locked = bytearray(ds.npz({"x": ds.npy([1, 2], [0, 1])}))
    locked[6] |= 1
    locked[locked.index(b"PK\1\2") + 8] |= 1
    yield "locked.npz", bytes(locked), b"cannot be unpacked"
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for i in range(5000):
            archive.writestr(f"{i}.npy", b"")
    yield "many.npz", many.getvalue(), b"5000 members"


def holes():
    """(name, what it begins with, what is said) of files of 4 GiB and more."""
    header = ds.idx([4096, 1024, 1024], [])
    yield "holes.idx", header, b"more than 536870912 numbers"
    yield ("holes.npy", ds.npy([4096, 1024, 1024], []),
           b"more than 536870912 numbers")
    yield "holes.gz", b"\x1f\x8b\x08", b"is larger than 2 GiB"
    yield "holes.npz", b"PK\3\4", b"is larger than 2 GiB"


def images():
    """(name, file name to bytes, what is said) of folders of images."""
    good = ds.png(4, 4, 1, [7] * 16)
    huge = (b"\x89PNG\r\n\x1a\n" + ds.chunk(
        b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 0, 0, 0, 0))
        + ds.chunk(b"IDAT", zlib.compress(bytes(1000))) + ds.chunk(b"IEND", b""))
    yield "void", {"readme.txt": b"x"}, b"holds no PNG images"
    yield "sizes", {"a.png": good, "b.png": ds.png(4, 5, 1, [7] * 20)}, b"another size"
    yield "colours", {"a.png": good, "b.png": ds.png(4, 4, 3, [7] * 48)}, b"other channels"
    yield "cut", {"a.png": good[:-20]}, b"damaged"
    yield "sum", {"a.png": good.replace(b"IDAT", b"IDAX")}, b"damaged"
    yield "huge", {"a.png": huge}, b"refused"
    yield "jpeg", {"a.png": b"\xff\xd8\xff\xe0" + bytes(50)}, b"neither gzip, zip nor PNG"
    yield "empty", {"a.png": b""}, b"neither gzip, zip nor PNG"
    yield "archive", {"a.png": ds.npz({"x": b"12"})}, b"is not a readable"
    yield "packed", {"a.png": gzip.compress(b"12")}, b"is not a readable"


def main():
    snn, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True)
    cases = []
    for name, data, said in named():
        path = folder / name
        path.write_bytes(data)
        cases.append((name, path, {77}, said))
    for name, begin, said in holes():
        path = folder / name
        path.write_bytes(begin)
        os.truncate(path, len(begin) + (1 << 32))
        cases.append((name, path, {77}, said))
    for name, files, said in images():
        (folder / name).mkdir()
        for file, data in files.items():
            (folder / name / file).write_bytes(data)
        cases.append((name, folder / name, {66, 77}, said))
    cases.append(("nowhere", folder / "nowhere.npy", {66}, b"cannot read"))
    cases.append(("device", pathlib.Path("/dev/zero"), {66}, b"regular file"))
    # Bytes changed, taken out and put in: whole, or broken, never a crash.
    whole = {"a.idx": ds.idx([5, 4, 4], range(80)),
             "a.idx.gz": gzip.compress(ds.idx([5, 4, 4], range(80))),
             "a.npz": ds.npz({"x": ds.npy([5, 16], range(80)),
                              "y": ds.npy([5], range(5))}),
             "a.npy": ds.npy([5, 16], range(80)),
             "a.png": ds.png(4, 4, 3, range(48)),
             "p.png": ds.png(4, 4, 4, range(64))}
    source = random.Random(11)
    for i in range(480):
        name, data = list(whole.items())[i % len(whole)]
        data = bytearray(data)
        for _ in range(source.choice([1, 1, 2, 5])):
            at = source.randrange(len(data))
            kind = source.randrange(4)
            if kind < 2:
                data[at] = source.randrange(256)
            elif kind == 2:
                del data[at:at + source.randrange(1, 9)]
            else:
                data[at:at] = bytes(source.randrange(1, 9))
        inside = folder / f"m{i}"
        inside.mkdir()
        path = inside / name
        path.write_bytes(data)
        cases.append((f"{i} {name}", inside if name.endswith("png") else path,
                      {66, 77}, b""))
    failed = 0
    for name, path, codes, said in cases:
        done = subprocess.run([snn, "import", str(folder / "none.onnx"), "-o",
                               str(folder / "out"), "--calibrate", str(path)],
                              capture_output=True, timeout=60)
        err = done.stderr
        good = (done.returncode in codes and said in err
                and err.count(b"error:") == 1 and not done.stdout)
        # Only whole data sets get as far as the network.
        good &= done.returncode == 77 or b"cannot read" in err or said != b""
        if not good:
            failed += 1
            print(name, done.returncode, codes, said, err[:400])
    print(f"{len(cases)} data sets, {failed} wrong")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
