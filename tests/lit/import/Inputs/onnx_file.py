"""Writes ONNX files for the tests, with nothing but the standard library.

Model(...).save(path); values are given as shape and flat lists of numbers.
`random_mlp` and `random_cnn` make networks from a seed; `npy` writes arrays.
"""
import random
import struct

FLOAT, UINT8, INT8, INT32, INT64 = 1, 2, 3, 6, 7
PACK = {FLOAT: "f", UINT8: "B", INT8: "b", INT32: "i", INT64: "q"}


def varint(value):
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out + bytearray([value]))


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, float):
        return varint(number << 3 | 5) + struct.pack("<f", value)
    if isinstance(value, str):
        value = value.encode()
    return varint(number << 3 | 2) + varint(len(value)) + value


def tensor(name, shape, values, kind=FLOAT):
    raw = struct.pack(f"<{len(values)}{PACK[kind]}", *values)
    return (b"".join(field(1, size) for size in shape) + field(2, kind)
            + field(8, name) + field(9, raw))


def attribute(name, value):
    out = field(1, name)
    if isinstance(value, bytes):
        return out + field(5, value) + field(20, 4)
    if isinstance(value, int):
        return out + field(3, value) + field(20, 2)
    if isinstance(value, float):
        return out + field(2, value) + field(20, 1)
    if isinstance(value, str):
        return out + field(4, value) + field(20, 3)
    if value and isinstance(value[0], float):
        return out + b"".join(field(7, v) for v in value) + field(20, 6)
    return out + b"".join(field(8, v) for v in value) + field(20, 7)


def value_info(name, shape, kind=FLOAT):
    dims = b"".join(
        field(1, field(2, size) if isinstance(size, str) else field(1, size))
        for size in shape)
    return field(1, name) + field(2, field(1, field(1, kind) + field(2, dims)))


class Model:
    def __init__(self, opset=17, ir=8):
        self.opset, self.ir, self.graph, self.count = opset, ir, b"", 0

    def input(self, name, shape, kind=FLOAT):
        self.graph += field(11, value_info(name, shape, kind))
        return name

    def output(self, name, shape=()):
        self.graph += field(12, value_info(name, shape))

    def weights(self, name, shape, values, kind=FLOAT):
        self.graph += field(5, tensor(name, shape, values, kind))
        return name

    def node(self, op, inputs, outputs=None, name=None, domain="", **attributes):
        self.count += 1
        outputs = outputs or [f"{op.lower()}{self.count}_out"]
        body = b"".join(field(1, i) for i in inputs)
        body += b"".join(field(2, o) for o in outputs)
        body += field(3, name or f"{op.lower()}{self.count}") + field(4, op)
        body += b"".join(field(5, attribute(k, v))
                         for k, v in attributes.items())
        if domain:
            body += field(7, domain)
        self.graph += field(1, body)
        return outputs[0]

    def filled(self, name, shape, number):
        """One number everywhere, by ConstantOfShape."""
        given = self.weights(f"{name}_shape", [len(shape)], shape, INT64)
        self.graph += field(1, field(1, given) + field(2, name)
            + field(3, name) + field(4, "ConstantOfShape")
            + field(5, field(1, "value") + field(5, tensor("", [1], [number]))
                    + field(20, 4)))
        return name

    def bytes(self):
        return (field(1, self.ir) + field(2, "test")
                + field(7, self.graph + field(2, "g"))
                + field(8, field(1, "") + field(2, self.opset)))

    def save(self, path):
        with open(path, "wb") as file:
            file.write(self.bytes())


def npy(path, shape, values):
    text = ("{'descr': '<f4', 'fortran_order': False, 'shape': ("
            + "".join(f"{size}, " for size in shape) + "), }")
    text += " " * (63 - (10 + len(text)) % 64) + "\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text))
                   + text.encode() + struct.pack(f"<{len(values)}f", *values))


class Random:
    def __init__(self, seed):
        self.source = random.Random(seed)

    def normal(self, count, scale=1.0):
        return [self.source.gauss(0, scale) for _ in range(count)]

    def uniform(self, count):
        return [self.source.random() for _ in range(count)]

    def choose(self, *values):
        return self.source.choice(values)


def random_mlp(seed, sizes=None, activation="Relu", softmax=True):
    r = Random(seed)
    sizes = sizes or [r.choose(3, 7, 12)] + [
        r.choose(2, 5, 9) for _ in range(r.choose(1, 2, 3))] + [r.choose(2, 4)]
    model = Model(opset=r.choose(7, 11, 13, 17, 18, 21), ir=r.choose(3, 8, 10))
    x = model.input("x", ["batch", sizes[0]])
    for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
        w = model.weights(f"w{i}", [b, a] if i % 2 else [a, b],
                          r.normal(a * b, a ** -0.5))
        bias = model.weights(f"b{i}", [b], r.normal(b, 0.2))
        if i % 2:
            x = model.node("Gemm", [x, w, bias], transB=1)
        else:
            x = model.node("Add", [model.node("MatMul", [x, w]), bias])
        if i + 2 < len(sizes):
            x = model.node(activation, [x])
    if softmax:
        x = model.node("Softmax", [x], axis=1)
    model.output(x)
    return model, sizes, r.uniform(24 * sizes[0])


def conv(model, r, x, name, cin, cout, kernel, axes=2, bias=True, groups=1,
         **more):
    count = cout * cin // groups * kernel ** axes
    inputs = [x, model.weights(f"{name}_w", [cout, cin // groups]
                               + [kernel] * axes,
                               r.normal(count, (cin * kernel ** axes
                                                / groups) ** -0.5))]
    if bias:
        inputs.append(model.weights(f"{name}_b", [cout], r.normal(cout, 0.1)))
    return model.node("Conv", inputs, name=name, kernel_shape=[kernel] * axes,
                      group=groups, **more)


def batch_norm(model, r, x, name, channels):
    parts = [r.normal(channels), r.normal(channels, 0.3),
             r.normal(channels, 0.3),
             [0.1 + v for v in r.uniform(channels)]]
    return model.node("BatchNormalization", [x] + [
        model.weights(f"{name}_{i}", [channels], part)
        for i, part in enumerate(parts)], name=name)


def head(model, r, x, channels, size, classes=3):
    x = model.node("Flatten", [x])
    w = model.weights("head_w", [classes, channels * size],
                      r.normal(classes * channels * size, 0.3))
    b = model.weights("head_b", [classes], r.normal(classes, 0.2))
    x = model.node("Gemm", [x, w, b], transB=1, name="head")
    model.output(x)


def random_cnn(seed):
    """Convolutions with batch normalisation, maxima and averages."""
    r, model = Random(seed), Model(opset=13 + seed % 5)
    channels, size = 1 + seed % 2, 8
    x = model.input("x", [1, channels, size, size])
    strides = [1 + seed % 2] * 2
    x = conv(model, r, x, "c1", channels, 4, 3, pads=[1, 1, 1, 1],
             strides=strides, bias=seed % 3 != 0)
    size = (size - 1) // strides[0] + 1
    x = batch_norm(model, r, x, "bn1", 4)
    x = model.node("Relu", [x])
    if seed % 2:
        x = conv(model, r, x, "c2", 4, 4, 3, groups=4, pads=[2, 2, 2, 2],
                 dilations=[2, 2])
        x = model.node("MaxPool", [model.node("Relu", [x])],
                       kernel_shape=[2, 2], strides=[2, 2])
    else:
        x = model.node("MaxPool", [conv(model, r, x, "c2", 4, 4, 1)],
                       kernel_shape=[2, 2], strides=[2, 2])
        x = model.node("Relu", [x])
    size //= 2
    pool = ["GlobalAveragePool", "AveragePool", "GlobalMaxPool"][seed % 3]
    x = conv(model, r, x, "c3", 4, 5, 2, pads=[0, 0, 1, 1])
    low, high = model.weights("low", [], [0.0]), model.weights("six", [], [6.0])
    x = model.node("Clip", [x, low, high])
    if pool == "AveragePool":
        # At the border fewer elements are met.
        x = model.node(pool, [x], kernel_shape=[3, 3], strides=[2, 2],
                       pads=[1, 1, 1, 1])
        size = (size + 1) // 2
    else:
        x = model.node(pool, [x])
        size = 1
    head(model, r, x, 5, size * size)
    return model, (1 + seed % 2) * 64, r.uniform(16 * (1 + seed % 2) * 64)


def random_residual(seed):
    """Two blocks with residuals, the second with a projection."""
    r, model = Random(seed), Model(opset=13)
    x = model.input("x", ["n", 2, 6, 6])
    x = model.node("Relu", [conv(model, r, x, "stem", 2, 4, 3,
                                 pads=[1, 1, 1, 1])])
    y = model.node("Relu", [conv(model, r, x, "a1", 4, 4, 3,
                                 pads=[1, 1, 1, 1])])
    y = batch_norm(model, r, conv(model, r, y, "a2", 4, 4, 3,
                                  pads=[1, 1, 1, 1], bias=False), "bn", 4)
    x = model.node("Relu", [model.node("Add", [y, x])])
    y = model.node("Relu", [conv(model, r, x, "b1", 4, 6, 3, strides=[2, 2],
                                 pads=[1, 1, 1, 1])])
    y = conv(model, r, y, "b2", 6, 6, 3, pads=[1, 1, 1, 1])
    z = conv(model, r, x, "short", 4, 6, 1, strides=[2, 2])
    x = model.node("Relu", [model.node("Add", [y, z])])
    x = model.node("GlobalAveragePool", [x])
    head(model, r, x, 6, 1)
    return model, 72, r.uniform(16 * 72)


def random_moves(seed):
    """Concat, Pad, Slice, Split, Transpose and one-dimensional windows."""
    r, model = Random(seed), Model(opset=13)
    x = model.input("x", [1, 3, 12])
    pads = model.weights("pads", [6], [0, 0, 1, 0, 0, 2], INT64)
    x = model.node("Pad", [x, pads])
    x = conv(model, r, x, "c1", 3, 4, 3, axes=1, strides=[2])
    x = model.node("Relu", [x])
    parts = model.weights("parts", [2], [1, 3], INT64)
    model.node("Split", [x, parts], ["p", "q"], axis=1)
    a = model.node("Relu", [conv(model, r, "q", "c2", 3, 3, 1, axes=1)])
    x = model.node("Concat", ["p", a], axis=1)
    lists = [model.weights(name, [1], [value], INT64) for name, value in
             (("starts", 5), ("ends", -100), ("axes", 2), ("steps", -2))]
    x = model.node("Slice", [x] + lists)
    x = model.node("Transpose", [x], perm=[0, 2, 1])
    head(model, r, x, 4, 3)
    return model, 36, r.uniform(16 * 36)


def quantised(seed):
    """A network that brings its own scales, per tensor and per axis."""
    r, model = Random(seed), Model(opset=13)
    x = model.input("x", [1, 2, 5, 5])

    def qdq(value, name, scale, zero, kind):
        s = model.weights(f"{name}_s", [], [scale])
        z = model.weights(f"{name}_z", [], [zero], kind)
        q = model.node("QuantizeLinear", [value, s, z])
        return model.node("DequantizeLinear", [q, s, z])

    def weights(name, shape, axis, scales):
        count = 1
        for size in shape:
            count *= size
        w = model.weights(f"{name}_w", shape, [
            r.source.randint(-127, 127) for _ in range(count)], INT8)
        s = model.weights(f"{name}_s", [len(scales)], scales)
        z = model.weights(f"{name}_z", [len(scales)], [0] * len(scales), INT8)
        return model.node("DequantizeLinear", [w, s, z], axis=axis)

    x = qdq(x, "in", 1 / 255, 0, UINT8)
    w = weights("c", [3, 2, 3, 3], 0, [0.004, 0.002, 0.003])
    b = model.weights("c_b", [3], r.normal(3, 0.1))
    x = model.node("Relu", [model.node("Conv", [x, w, b], pads=[1, 1, 1, 1])])
    x = qdq(x, "mid", 0.04, -128, INT8)
    x = model.node("MaxPool", [x], kernel_shape=[2, 2], strides=[1, 1])
    x = model.node("Flatten", [x])
    w = weights("d", [48, 2], 1, [0.003, 0.003])
    x = model.node("MatMul", [x, w])
    model.output(x)
    return model, 50, r.uniform(12 * 50)


def computed(seed):
    """Weights, bias and statistics that ConstantOfShape and arithmetic make."""
    r, model = Random(seed), Model(opset=13)
    x = model.input("x", [1, 1, 4, 4])
    filled = model.filled
    w = model.node("Mul", [filled("w0", [2, 1, 2, 2], 0.25),
                           model.weights("g", [2, 1, 1, 1], r.normal(2))])
    x = model.node("Conv", [x, w, filled("b", [2], 0.125)])
    x = model.node("BatchNormalization", [x] + [
        filled(f"s{i}", [2], number)
        for i, number in enumerate((1.5, 0.25, 0.5, 2.0))])
    x = model.node("Relu", [x])
    head(model, r, x, 2, 9)
    return model, 16, r.uniform(12 * 16)
