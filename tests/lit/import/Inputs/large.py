"""A network whose convolutions have too many synapses to be listed: large.py FILE."""
import sys

import onnx_file

model = onnx_file.Model(opset=13)
x = model.input("x", [1, 3, 64, 64])
for i, channels in enumerate((3, 64)):
    x = model.node("Conv", [x, model.filled(f"w{i}", [64, channels, 3, 3], 0.02)],
                   pads=[1, 1, 1, 1])
    x = model.node("Relu", [x])
x = model.node("Flatten", [model.node("GlobalAveragePool", [x])])
x = model.node("MatMul", [x, model.filled("w2", [64, 10], 0.5)])
model.node("Softmax", [x], ["y"])
model.output("y")
model.save(sys.argv[1])
