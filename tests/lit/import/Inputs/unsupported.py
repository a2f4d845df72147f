"""A network with nodes that are not imported. Usage: unsupported.py FILE"""
import sys

import onnx_file

model = onnx_file.Model()
x = model.input("x", [1, 4])
y = model.node("Relu", [x])
z = model.node("LSTM", [y, y, y], name="lstm")
z = model.node("Relu", [z], name="follows")
w = model.node("Gelu", [y], name="odd", domain="com.microsoft")
bad = model.weights("bad", [3], [1.0, 2.0, 3.0])
v = model.node("Mul", [y, bad], name="product")
model.output(model.node("Add", [model.node("Add", [z, w]), v]))
model.save(sys.argv[1])
