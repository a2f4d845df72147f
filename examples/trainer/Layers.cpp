//===- Layers.cpp - Layers that can be trained ------------------*- C++ -*-===//
//
// All but convolutions.
//
//===----------------------------------------------------------------------===//
#include "examples/trainer/Layers.h"

#include "examples/trainer/Products.h"
#include "runtime/lib/Random/Hash.h"

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace snn::trainer;

namespace {

class Dense : public Layer {
public:
  Dense(Shape input, size_t outputs, Random &random)
      : inputs(input.size()), outputs(outputs) {
    weights.resize(inputs * outputs);
    bias.resize(outputs);
    initialize(weights.value, inputs, random);
  }

  Shape output() const override { return {outputs}; }

  void forward(const Batch &in, size_t count, Batch &out) override {
    out.resize(count * outputs);
    for (size_t k = 0; k < count; ++k)
      std::copy(bias.value.begin(), bias.value.end(),
                out.begin() + static_cast<ptrdiff_t>(k * outputs));
    multiply(false, false, count, outputs, inputs, in.data(),
             weights.value.data(), 1, out.data());
  }

  void backward(const Batch &in, const Batch &, const Batch &outSlope,
                size_t count, Batch &inSlope) override {
    multiply(true, false, inputs, outputs, count, in.data(), outSlope.data(), 1,
             weights.slope.data());
    for (size_t i = 0; i < count * outputs; ++i)
      bias.slope[i % outputs] += outSlope[i];
    inSlope.resize(count * inputs);
    multiply(false, true, count, inputs, outputs, outSlope.data(),
             weights.value.data(), 0, inSlope.data());
  }

  std::vector<Parameter *> parameters() override { return {&weights, &bias}; }

  std::string write(OnnxWriter &writer,
                    const std::string &input) const override {
    std::string flat = writer.node("Flatten", {input});
    return writer.node("Gemm",
                       {flat, writer.weights({inputs, outputs}, weights.value),
                        writer.weights({outputs}, bias.value)});
  }

private:
  size_t inputs, outputs;
  Parameter weights, bias;
};

class MaxPool : public Layer {
public:
  MaxPool(Shape input, size_t size)
      : input(input), size(size),
        shape{input.channels, input.rows / size, input.columns / size} {}

  Shape output() const override { return shape; }

  void forward(const Batch &in, size_t count, Batch &out) override {
    out.resize(count * shape.size());
    winners.resize(out.size());
    for (size_t i = 0; i < out.size(); ++i) {
      size_t column = i % shape.columns, row = i / shape.columns % shape.rows,
             plane = i / (shape.columns * shape.rows);
      size_t best = 0;
      for (size_t y = 0; y < size; ++y)
        for (size_t x = 0; x < size; ++x) {
          size_t at = (plane * input.rows + row * size + y) * input.columns +
                      column * size + x;
          if ((x == 0 && y == 0) || in[at] > in[best])
            best = at;
        }
      winners[i] = best;
      out[i] = in[best];
    }
  }

  void backward(const Batch &, const Batch &, const Batch &outSlope,
                size_t count, Batch &inSlope) override {
    inSlope.assign(count * input.size(), 0);
    for (size_t i = 0; i < outSlope.size(); ++i)
      inSlope[winners[i]] += outSlope[i];
  }

  std::string write(OnnxWriter &writer,
                    const std::string &name) const override {
    return writer.node(
        "MaxPool", {name},
        {{"kernel_shape", {size, size}}, {"strides", {size, size}}});
  }

private:
  Shape input;
  size_t size;
  Shape shape;
  std::vector<size_t> winners;
};

} // namespace

uint64_t Random::whole() { return runtime::mix64(state += 0x9e3779b97f4a7c15); }

double Random::uniform() {
  return static_cast<double>(whole() >> 11) * 0x1p-53;
}

double Random::normal() {
  double radius = std::sqrt(-2 * std::log(1 - uniform()));
  return radius * std::cos(2 * std::numbers::pi * uniform());
}

std::unique_ptr<Layer> snn::trainer::makeDense(Shape input, size_t outputs,
                                               Random &random) {
  return std::make_unique<Dense>(input, outputs, random);
}

std::unique_ptr<Layer> snn::trainer::makeMaxPool(Shape input, size_t size) {
  return std::make_unique<MaxPool>(input, size);
}

void Rectifier::forward(const Batch &in, size_t, Batch &out) {
  out.resize(in.size());
  if (isObserved)
    seen.insert(seen.end(), in.begin(), in.end());
  auto steps = static_cast<float>(levels);
  float step = bound.value[0] / steps;
  for (size_t i = 0; i < in.size(); ++i) {
    float x = std::max(in[i], 0.0f);
    out[i] = levels == 0 ? x : std::min(std::nearbyint(x / step), steps) * step;
  }
}

void Rectifier::backward(const Batch &in, const Batch &out,
                         const Batch &outSlope, size_t, Batch &inSlope) {
  inSlope.resize(in.size());
  float most = bound.value[0];
  double slope = 0;
  for (size_t i = 0; i < in.size(); ++i) {
    bool isWithin = in[i] > 0 && (levels == 0 || in[i] < most);
    inSlope[i] = isWithin ? outSlope[i] : 0;
    // What is above the bound goes with it; of the others only how far they are
    // from their level.
    if (levels != 0 && in[i] > 0)
      slope += static_cast<double>(outSlope[i] *
                                   (isWithin ? (out[i] - in[i]) / most : 1.0f));
  }
  bound.slope[0] += static_cast<float>(slope);
}

void Rectifier::quantize(unsigned count) {
  auto at = seen.begin() +
            static_cast<ptrdiff_t>(0.999 * static_cast<double>(seen.size()));
  std::nth_element(seen.begin(), at, seen.end());
  // A layer that is silent needs some bound, and any will do.
  bound.value[0] = *at > 0 ? *at : 1;
  levels = count;
  isObserved = false;
  seen = {};
}

std::string Rectifier::write(OnnxWriter &writer,
                             const std::string &input) const {
  if (levels == 0)
    return writer.node("Relu", {input});
  return writer.node("Clip", {input, writer.weights({}, {0}),
                              writer.weights({}, bound.value)});
}

void Residual::forward(const Batch &in, size_t count, Batch &out) {
  values.resize(layers.size());
  for (size_t i = 0; i < layers.size(); ++i)
    layers[i]->forward(i ? values[i - 1] : in, count, values[i]);
  out = values.back();
  for (size_t i = 0; i < out.size(); ++i)
    out[i] += in[i];
}

void Residual::backward(const Batch &in, const Batch &, const Batch &outSlope,
                        size_t count, Batch &inSlope) {
  Batch slope = outSlope, next;
  for (size_t i = layers.size(); i-- > 0;) {
    layers[i]->backward(i ? values[i - 1] : in, values[i], slope, count, next);
    std::swap(slope, next);
  }
  inSlope = std::move(slope);
  for (size_t i = 0; i < inSlope.size(); ++i)
    inSlope[i] += outSlope[i];
}

std::vector<Parameter *> Residual::parameters() {
  std::vector<Parameter *> all;
  for (auto &layer : layers)
    for (Parameter *parameter : layer->parameters())
      all.push_back(parameter);
  return all;
}

std::string Residual::write(OnnxWriter &writer,
                            const std::string &input) const {
  std::string name = input;
  for (const auto &layer : layers)
    name = layer->write(writer, name);
  return writer.node("Add", {name, input});
}
