#!/usr/bin/env python3
"""A data set as spikes: what `snn encode` writes is what a model then fires.

Usage: encode.py SNN FOLDER
"""
import pathlib
import struct
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "import" / "Inputs"))
import datasets as ds  # noqa: E402

MODEL = """
network Shown {{
  population Pixels : SpikeSource(times = load("spikes.npy", unit = 1 ms))[4]
}}
experiment Count {{
  network Shown
  step 1 ms
  duration {duration} ms
  record spikes of Pixels
  expect count of Pixels == {spikes}
}}
"""


def npy(path):
    data = path.read_bytes()
    size = struct.unpack("<H", data[8:10])[0]
    body = data[10 + size:]
    kind = {b"<f8": "d", b"<u4": "I"}[data[data.index(b"<"):][:3]]
    return struct.unpack(f"<{len(body) // struct.calcsize(kind)}{kind}", body)


def spikes(folder):
    flat = npy(folder / "spikes.npy")
    return list(zip(flat[::2], flat[1::2]))


def main():
    snn, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True)
    images = folder / "some-images-idx3-ubyte"
    images.write_bytes(ds.idx([3, 2, 2], [0, 51, 204, 255] * 2 + [255] * 4))
    (folder / "some-labels-idx1-ubyte").write_bytes(ds.idx([3], [7, 8, 9]))

    def encode(name, *flags):
        out = folder / name
        subprocess.run([snn, "encode", str(images), "-o", str(out), *flags],
                       check=True, capture_output=True)
        return out

    def check(out, duration):
        (out / "model.snn").write_text(
            MODEL.format(duration=duration, spikes=len(spikes(out))))
        done = subprocess.run([snn, "test", str(out)], capture_output=True,
                              text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    out = encode("latency", "--as", "latency", "--window", "10 ms",
                 "--pause", "5 ms")
    # 0 never, 0.2 after 8 of 10 steps, 0.8 after 2, 1 at once.
    shown = [(1, 3), (3, 2), (9, 1)]
    expected = shown + [(t + 15, i) for t, i in shown]
    expected += [(31, i) for i in range(4)]
    assert spikes(out) == expected, spikes(out)
    assert npy(out / "begins.npy") == (0, 15, 30)
    assert npy(out / "labels.npy") == (7, 8, 9)
    check(out, 50)

    out = encode("rate", "--window", "4 s", "--rate", "200")
    drawn = spikes(out)
    assert drawn == sorted(drawn)
    for i, share in enumerate((0, 0.2, 0.8, 1)):
        count = sum(neuron == i and t <= 4000 for t, neuron in drawn)
        mean = 4000 * 0.2 * share
        assert abs(count - mean) <= 5 * (mean * (1 - 0.2 * share)) ** 0.5, count
    # Each example has numbers of its own.
    first = [(t, i) for t, i in drawn if t <= 4000]
    second = [(t - 4000, i) for t, i in drawn if 4000 < t <= 8000]
    assert first != second
    check(out, 12000)
    again = encode("again", "--window", "4 s", "--rate", "200")
    assert spikes(again) == drawn
    other = encode("other", "--window", "4 s", "--rate", "200", "--seed", "2")
    assert spikes(other) != drawn
    # Labels of what was encoded there before do not stay.
    bare = folder / "bare.npy"
    bare.write_bytes(ds.npy([2, 2], [0.5, 1, 0, 1], "<f4", "f"))
    subprocess.run([snn, "encode", str(bare), "-o", str(out), "--as",
                    "latency"], check=True, capture_output=True)
    assert not (out / "labels.npy").exists()
    print("spikes are those of the examples")


if __name__ == "__main__":
    main()
