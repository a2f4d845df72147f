//===- Layers.h - Layers that can be trained --------------------*- C++ -*-===//
//
// Each computes its output from its input, the loss's slope at its input from
// that at its output, and the slopes of its own numbers.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EXAMPLES_TRAINER_LAYERS_H
#define SNN_EXAMPLES_TRAINER_LAYERS_H

#include "examples/trainer/Onnx.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace snn::trainer {

/// Channels, rows and columns.
struct Shape {
  size_t channels = 1, rows = 1, columns = 1;
  size_t size() const { return channels * rows * columns; }
};

/// One row for each example of a batch.
using Batch = std::vector<float>;

/// Numbers that are learned, and the slope of the loss in each.
struct Parameter {
  std::vector<float> value, slope;
  void resize(size_t size) {
    value.assign(size, 0);
    slope.assign(size, 0);
  }
};

/// Numbers that are the same in every run of a seed.
class Random {
public:
  explicit Random(uint64_t seed) : state(seed) {}
  uint64_t whole();
  /// In [0, 1).
  double uniform();
  double normal();

private:
  uint64_t state;
};

class Layer {
public:
  virtual ~Layer() = default;
  virtual Shape output() const = 0;
  virtual void forward(const Batch &in, size_t count, Batch &out) = 0;
  /// After `forward` of the same input. Adds to the slopes of parameters.
  virtual void backward(const Batch &in, const Batch &out,
                        const Batch &outSlope, size_t count,
                        Batch &inSlope) = 0;
  virtual std::vector<Parameter *> parameters() { return {}; }
  /// The name of its result in the file.
  virtual std::string write(OnnxWriter &writer,
                            const std::string &input) const = 0;
};

std::unique_ptr<Layer> makeDense(Shape input, size_t outputs, Random &random);

/// A square kernel; zeros around the image; channels in groups, each of which
/// has filters of its own.
struct Window {
  size_t kernel = 3, stride = 1, pad = 0, groups = 1;
};
std::unique_ptr<Layer> makeConvolution(Shape input, size_t filters,
                                       Window window, Random &random);
std::unique_ptr<Layer> makeMaxPool(Shape input, size_t size);

/// max(x, 0). From `quantize` on it has few levels, up to a bound that is
/// learned as the weights are: it begins where all but a thousandth of the
/// numbers are that were seen. Slopes pass levels as if they were none (Esser
/// et al. 2020).
class Rectifier : public Layer {
public:
  explicit Rectifier(Shape shape) : shape(shape) { bound.resize(1); }
  /// Remembers numbers of the next batches for the bound.
  void observe() { isObserved = true; }
  void quantize(unsigned count);

  Shape output() const override { return shape; }
  void forward(const Batch &in, size_t count, Batch &out) override;
  void backward(const Batch &in, const Batch &out, const Batch &outSlope,
                size_t count, Batch &inSlope) override;
  std::vector<Parameter *> parameters() override { return {&bound}; }
  std::string write(OnnxWriter &writer,
                    const std::string &input) const override;

private:
  Shape shape;
  bool isObserved = false;
  std::vector<float> seen;
  unsigned levels = 0;
  Parameter bound;
};

/// What layers one after the other make of an input, plus the input.
class Residual : public Layer {
public:
  explicit Residual(Shape shape) : shape(shape) {}
  /// The last one's output has the shape of the input.
  void add(std::unique_ptr<Layer> layer) { layers.push_back(std::move(layer)); }

  Shape output() const override { return shape; }
  void forward(const Batch &in, size_t count, Batch &out) override;
  void backward(const Batch &in, const Batch &out, const Batch &outSlope,
                size_t count, Batch &inSlope) override;
  std::vector<Parameter *> parameters() override;
  std::string write(OnnxWriter &writer,
                    const std::string &input) const override;

private:
  Shape shape;
  std::vector<std::unique_ptr<Layer>> layers;
  /// Of each of them, its output.
  std::vector<Batch> values;
};

} // namespace snn::trainer

#endif // SNN_EXAMPLES_TRAINER_LAYERS_H
