"""Writes data sets for the tests, with nothing but the standard library.

Each writer takes examples as flat lists of bytes, their shape, and labels.
"""
import gzip
import io
import pathlib
import struct
import zipfile
import zlib


def idx(shape, numbers, kind=8):
    pack = {8: "B", 9: "b", 11: "h", 12: "i", 13: "f", 14: "d"}[kind]
    return (bytes([0, 0, kind, len(shape)]) + struct.pack(f">{len(shape)}I", *shape)
            + struct.pack(f">{len(numbers)}{pack}", *numbers))


def npy(shape, numbers, kind="|u1", pack="B"):
    text = ("{'descr': '" + kind + "', 'fortran_order': False, 'shape': ("
            + "".join(f"{size}, " for size in shape) + "), }")
    text += " " * (63 - (10 + len(text)) % 64) + "\n"
    return (b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode()
            + struct.pack(f"<{len(numbers)}{pack}", *numbers))


def npz(arrays, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in arrays.items():
            archive.writestr(name + ".npy", data)
    return out.getvalue()


def chunk(kind, data):
    return (struct.pack(">I", len(data)) + kind + data
            + struct.pack(">I", zlib.crc32(kind + data)))


def png(rows, columns, channels, pixels):
    """Grey, RGB or RGBA; `pixels` row by row."""
    width = columns * channels
    lines = b"".join(b"\0" + bytes(pixels[y * width:(y + 1) * width])
                     for y in range(rows))
    colour = {1: 0, 3: 2, 4: 6}[channels]
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", columns, rows, 8, colour, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def write(folder, examples, rows, columns, labels, channels=1):
    """The same examples in every form; the names by form."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    count = len(examples)
    flat = [pixel for example in examples for pixel in example]
    shape = [count, rows, columns] + [channels] * (channels > 1)
    forms = {}
    if channels == 1:
        for pack, tail in ((bytes, ""), (gzip.compress, ".gz")):
            images = folder / f"some-images-idx3-ubyte{tail}"
            images.write_bytes(pack(idx(shape, flat)))
            (folder / f"some-labels-idx1-ubyte{tail}").write_bytes(
                pack(idx([count], labels)))
            forms["idx" + tail] = images
        for name, method in (("stored", zipfile.ZIP_STORED),
                             ("deflated", zipfile.ZIP_DEFLATED)):
            path = folder / f"{name}.npz"
            reals = npy(shape, [x / 255 for x in flat], "<f4", "f")
            path.write_bytes(npz({"x": reals, "y": npy([count], labels)}, method))
            forms[name] = path
        path = folder / "parts.npz"
        path.write_bytes(npz({"test_images": reals, "train_images": reals,
                              "test_labels": npy([count, 1], labels)}))
        forms["part"] = f"{path}:test"
    images = folder / "images"
    for i, (example, label) in enumerate(zip(examples, labels)):
        (images / f"c{label}").mkdir(parents=True, exist_ok=True)
        (images / f"c{label}" / f"{i}.png").write_bytes(
            png(rows, columns, channels, example))
    forms["folder"] = images
    return forms
