//===- Convolution.cpp - Filters that images are met with -------*- C++ -*-===//
//
// For each group of channels one product, of its weights and the windows that
// they meet. A depthwise convolution has as many groups as channels.
//
//===----------------------------------------------------------------------===//
#include "examples/trainer/Products.h"

#include <algorithm>

using namespace snn::trainer;

namespace {

class Convolution : public Layer {
public:
  Convolution(Shape input, size_t filters, Window given, Random &random)
      : input(input), given(given),
        padded{input.channels, input.rows + 2 * given.pad,
               input.columns + 2 * given.pad},
        shape{filters, (padded.rows - given.kernel) / given.stride + 1,
              (padded.columns - given.kernel) / given.stride + 1},
        image(padded.size()) {
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
      for (size_t g = 0; g < given.groups; ++g)
        multiply(false, false, filters(), places(), window(),
                 &weights.value[g * filters() * window()],
                 &windows[g * window() * places()], 1,
                 to + g * filters() * places());
    }
  }

  void backward(const Batch &in, const Batch &, const Batch &outSlope,
                size_t count, Batch &inSlope) override {
    inSlope.resize(count * input.size());
    for (size_t k = 0; k < count; ++k) {
      const float *from = &outSlope[k * shape.size()];
      gather(&in[k * input.size()]);
      for (size_t i = 0; i < shape.size(); ++i)
        bias.slope[i / places()] += from[i];
      for (size_t g = 0; g < given.groups; ++g) {
        size_t first = g * filters() * window();
        float *met = &windows[g * window() * places()];
        const float *slopes = from + g * filters() * places();
        multiply(false, true, filters(), window(), places(), slopes, met, 1,
                 &weights.slope[first]);
        multiply(true, false, window(), places(), filters(),
                 &weights.value[first], slopes, 0, met);
      }
      scatter(&inSlope[k * input.size()]);
    }
  }

  std::vector<Parameter *> parameters() override { return {&weights, &bias}; }

  std::string write(OnnxWriter &writer,
                    const std::string &name) const override {
    size_t pad = given.pad;
    return writer.node(
        "Conv",
        {name,
         writer.weights({shape.channels, input.channels / given.groups,
                         given.kernel, given.kernel},
                        weights.value),
         writer.weights({shape.channels}, bias.value)},
        {{"strides", {given.stride, given.stride}},
         {"pads", {pad, pad, pad, pad}}},
        {{"group", given.groups}});
  }

private:
  Shape input;
  Window given;
  Shape padded, shape;
  Parameter weights, bias;
  /// An image with what is around it.
  std::vector<float> image;
  /// A row for each element of a window, a column for each place of it.
  std::vector<float> windows;

  /// Of one group.
  size_t window() const {
    return input.channels / given.groups * given.kernel * given.kernel;
  }
  size_t filters() const { return shape.channels / given.groups; }
  size_t places() const { return shape.rows * shape.columns; }

  /// Visits the rows of `windows`, each as its pieces in a padded image.
  template <typename Visit>
  void forEachPiece(Visit visit) {
    windows.resize(given.groups * window() * places());
    float *row = windows.data();
    for (size_t c = 0; c < input.channels; ++c)
      for (size_t y = 0; y < given.kernel; ++y)
        for (size_t x = 0; x < given.kernel; ++x)
          for (size_t r = 0; r < shape.rows; ++r, row += shape.columns)
            visit(row, &image[(c * padded.rows + r * given.stride + y) *
                                  padded.columns +
                              x]);
  }
  /// Visits the rows of an image, in it and in the padded one.
  template <typename Visit>
  void forEachRow(Visit visit) {
    for (size_t row = 0; row < input.channels * input.rows; ++row)
      visit(row * input.columns, &image[(row / input.rows * padded.rows +
                                         row % input.rows + given.pad) *
                                            padded.columns +
                                        given.pad]);
  }
  void gather(const float *from) {
    forEachRow([&](size_t at, float *row) {
      std::copy_n(from + at, input.columns, row);
    });
    forEachPiece([&](float *row, const float *at) {
      for (size_t i = 0; i < shape.columns; ++i)
        row[i] = at[i * given.stride];
    });
  }
  void scatter(float *to) {
    std::fill(image.begin(), image.end(), 0.0f);
    forEachPiece([&](const float *row, float *at) {
      for (size_t i = 0; i < shape.columns; ++i)
        at[i * given.stride] += row[i];
    });
    forEachRow([&](size_t at, const float *row) {
      std::copy_n(row, input.columns, to + at);
    });
    if (given.pad)
      std::fill(image.begin(), image.end(), 0.0f);
  }
};

} // namespace

std::unique_ptr<Layer> snn::trainer::makeConvolution(Shape input,
                                                     size_t filters,
                                                     Window window,
                                                     Random &random) {
  return std::make_unique<Convolution>(input, filters, window, random);
}
