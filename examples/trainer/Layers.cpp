//===- Layers.cpp - Layers that can be trained ------------------*- C++ -*-===//
//
// Sums of products are OpenBLAS's. A convolution is one, of its weights and the
// windows that they meet.
//
//===----------------------------------------------------------------------===//
#include "examples/trainer/Layers.h"

#include "runtime/lib/Random/Hash.h"

#include <algorithm>
#include <cblas.h>
#include <cmath>
#include <numbers>

using namespace snn::trainer;

namespace {

/// c = a b + beta c, of rows x inner and inner x columns, either transposed.
void multiply(bool transposeA, bool transposeB, size_t rows, size_t columns,
              size_t inner, const float *a, const float *b, float beta,
              float *c) {
  auto whole = [](size_t size) { return static_cast<blasint>(size); };
  cblas_sgemm(CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans,
              transposeB ? CblasTrans : CblasNoTrans, whole(rows),
              whole(columns), whole(inner), 1, a,
              whole(transposeA ? rows : inner), b,
              whole(transposeB ? inner : columns), beta, c, whole(columns));
}

/// He et al. 2015: what goes in and what comes out vary alike.
void initialize(std::vector<float> &weights, size_t inputs, Random &random) {
  for (float &weight : weights)
    weight = static_cast<float>(random.normal() *
                                std::sqrt(2 / static_cast<double>(inputs)));
}

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

class Convolution : public Layer {
public:
  Convolution(Shape input, size_t filters, size_t kernel, Random &random)
      : input(input), kernel(kernel),
        shape{filters, input.rows - kernel + 1, input.columns - kernel + 1} {
    weights.resize(filters * window());
    bias.resize(filters);
    initialize(weights.value, window(), random);
  }

  Shape output() const override { return shape; }

  void forward(const Batch &in, size_t count, Batch &out) override {
    out.resize(count * shape.size());
    for (size_t k = 0; k < count; ++k) {
      gather(&in[k * input.size()]);
      float *to = &out[k * shape.size()];
      for (size_t i = 0; i < shape.size(); ++i)
        to[i] = bias.value[i / places()];
      multiply(false, false, shape.channels, places(), window(),
               weights.value.data(), windows.data(), 1, to);
    }
  }

  void backward(const Batch &in, const Batch &, const Batch &outSlope,
                size_t count, Batch &inSlope) override {
    inSlope.assign(count * input.size(), 0);
    for (size_t k = 0; k < count; ++k) {
      const float *from = &outSlope[k * shape.size()];
      gather(&in[k * input.size()]);
      multiply(false, true, shape.channels, window(), places(), from,
               windows.data(), 1, weights.slope.data());
      for (size_t i = 0; i < shape.size(); ++i)
        bias.slope[i / places()] += from[i];
      multiply(true, false, window(), places(), shape.channels,
               weights.value.data(), from, 0, windows.data());
      scatter(&inSlope[k * input.size()]);
    }
  }

  std::vector<Parameter *> parameters() override { return {&weights, &bias}; }

  std::string write(OnnxWriter &writer,
                    const std::string &name) const override {
    return writer.node("Conv", {name,
                                writer.weights({shape.channels, input.channels,
                                                kernel, kernel},
                                               weights.value),
                                writer.weights({shape.channels}, bias.value)});
  }

private:
  Shape input;
  size_t kernel;
  Shape shape;
  Parameter weights, bias;
  /// A row for each element of a window, a column for each place of it.
  std::vector<float> windows;

  size_t window() const { return input.channels * kernel * kernel; }
  size_t places() const { return shape.rows * shape.columns; }

  /// Visits the rows of `windows`, each as its pieces in an image.
  template <typename Visit>
  void forEachPiece(Visit visit) {
    windows.resize(window() * places());
    float *row = windows.data();
    for (size_t c = 0; c < input.channels; ++c)
      for (size_t y = 0; y < kernel; ++y)
        for (size_t x = 0; x < kernel; ++x)
          for (size_t r = 0; r < shape.rows; ++r, row += shape.columns)
            visit(row, (c * input.rows + r + y) * input.columns + x);
  }
  void gather(const float *image) {
    forEachPiece([&](float *row, size_t at) {
      std::copy_n(image + at, shape.columns, row);
    });
  }
  void scatter(float *image) {
    forEachPiece([&](float *row, size_t at) {
      for (size_t i = 0; i < shape.columns; ++i)
        image[at + i] += row[i];
    });
  }
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

std::unique_ptr<Layer> snn::trainer::makeConvolution(Shape input,
                                                     size_t filters,
                                                     size_t kernel,
                                                     Random &random) {
  return std::make_unique<Convolution>(input, filters, kernel, random);
}

std::unique_ptr<Layer> snn::trainer::makeMaxPool(Shape input, size_t size) {
  return std::make_unique<MaxPool>(input, size);
}

void Rectifier::forward(const Batch &in, size_t, Batch &out) {
  out.resize(in.size());
  if (isObserved)
    seen.insert(seen.end(), in.begin(), in.end());
  for (size_t i = 0; i < in.size(); ++i) {
    float x = std::max(in[i], 0.0f);
    if (levels != 0) {
      auto steps = static_cast<float>(levels);
      x = std::min(std::nearbyint(x * steps / bound), steps) * bound / steps;
    }
    out[i] = x;
  }
}

void Rectifier::backward(const Batch &in, const Batch &, const Batch &outSlope,
                         size_t, Batch &inSlope) {
  inSlope.resize(in.size());
  for (size_t i = 0; i < in.size(); ++i)
    inSlope[i] = in[i] > 0 && (levels == 0 || in[i] < bound) ? outSlope[i] : 0;
}

void Rectifier::quantize(unsigned count) {
  auto at = seen.begin() +
            static_cast<ptrdiff_t>(0.999 * static_cast<double>(seen.size()));
  std::nth_element(seen.begin(), at, seen.end());
  // A layer that is silent needs some bound, and any will do.
  bound = *at > 0 ? *at : 1;
  levels = count;
  isObserved = false;
  seen = {};
}

std::string Rectifier::write(OnnxWriter &writer,
                             const std::string &input) const {
  if (levels == 0)
    return writer.node("Relu", {input});
  return writer.node(
      "Clip", {input, writer.weights({}, {0}), writer.weights({}, {bound})});
}
