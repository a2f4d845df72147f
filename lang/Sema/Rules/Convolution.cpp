//===- Convolution.cpp - What a kernel can be moved over ------------------===//
//
// Along each axis a kernel of k entries, d apart, has floor((n + p + q -
// d (k - 1) - 1)/s) + 1 places on n neurons with paddings p and q, s apart: as
// many neurons the target must have.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Network.h"

#include <algorithm>

namespace snn::lang::rules {

using namespace checked;

/// Sizes of an axis: so that products of three stay below 2^63.
static constexpr uint64_t mostAlongAxis = (uint64_t(1) << 20) - 1;

std::optional<std::array<uint64_t, 3>>
channelsOf(const Slice &slice, const Network &network, size_t &axes,
           DiagnosticEngine &diagnostics) {
  const Population &population = network.populations[slice.population];
  auto refuse = [&](const std::string &what) {
    diagnostics.report(diag::NotChannels, slice.range, population.path, what)
        .label(population.range, "declared here")
        .help("say the sizes of `" + population.path +
              "` as channels, height and width, such as `[8, 24, 24]`, and "
              "connect it or whole channels of it");
    return std::nullopt;
  };
  std::vector<uint64_t> extents = population.extents;
  if (extents.size() < 2)
    return refuse("one row of " + toMessage(Count(population.size)) +
                  " neurons");
  if (extents.size() > 3)
    return refuse("a grid of " + std::to_string(extents.size()) + " axes");
  if (std::ranges::any_of(extents,
                          [](uint64_t n) { return n > mostAlongAxis; }))
    return refuse("longer than " + toMessage(Count(mostAlongAxis)) +
                  " along an axis");
  axes = extents.size() - 1;
  if (axes == 1)
    extents.insert(extents.begin() + 1, 1);
  uint64_t map = extents[1] * extents[2];
  if (slice.stride != 1 || slice.first % map != 0 || slice.size() % map != 0)
    return refuse("given in a part that is no whole channels");
  return std::array<uint64_t, 3>{slice.size() / map, extents[1], extents[2]};
}

uint64_t countOf(const Convolution &convolution) {
  uint64_t pairs =
      convolution.target[0] * (convolution.source[0] / convolution.groups);
  for (size_t axis = 0; axis < 2; ++axis) {
    auto inputs = static_cast<int64_t>(convolution.source[axis + 1]);
    auto outputs = static_cast<int64_t>(convolution.target[axis + 1]);
    auto stride = static_cast<int64_t>(convolution.stride[axis]);
    uint64_t places = 0;
    for (uint64_t k = 0; k < convolution.kernel[axis]; ++k) {
      // The first and the last output whose input exists.
      int64_t before = static_cast<int64_t>(convolution.padding[axis]) -
                       static_cast<int64_t>(k * convolution.dilation[axis]);
      int64_t first = before <= 0 ? 0 : (before + stride - 1) / stride;
      int64_t reach = inputs - 1 + before;
      int64_t last = reach < 0 ? -1 : std::min(outputs - 1, reach / stride);
      places += last >= first ? static_cast<uint64_t>(last - first + 1) : 0;
    }
    if (__builtin_mul_overflow(pairs, places, &pairs))
      return UINT64_MAX;
  }
  return pairs;
}

bool checkConvolution(const Rule &rule, const Slice &source,
                      const Slice &target, size_t axes,
                      const std::array<std::array<uint64_t, 2>, 2> &padding,
                      const Network &network, DiagnosticEngine &diagnostics) {
  const Convolution &convolution = rule.convolution;
  const Population &from = network.populations[source.population];
  const Population &to = network.populations[target.population];
  for (auto [channels, population] : {std::pair(convolution.source[0], &from),
                                      std::pair(convolution.target[0], &to)})
    if (convolution.groups > mostAlongAxis ||
        channels % convolution.groups != 0) {
      diagnostics
          .report(diag::ConvolutionGroups, rule.range,
                  Count(convolution.groups), population->path, Count(channels))
          .label(population->range, toMessage(Count(channels)) + " channels")
          .help("a group has as many channels as every other: let `groups` "
                "divide the channels of both, as 1 does");
      return false;
    }
  for (size_t axis = 2 - axes; axis < 2; ++axis) {
    uint64_t inputs = convolution.source[axis + 1],
             outputs = convolution.target[axis + 1],
             kernel = convolution.kernel[axis],
             dilation = convolution.dilation[axis],
             stride = convolution.stride[axis];
    uint64_t extent = dilation * (kernel - 1) + 1,
             room = inputs + padding[axis][0] + padding[axis][1],
             made = room < extent ? 0 : (room - extent) / stride + 1;
    if (made == outputs)
      continue;
    std::string name = axes == 1 ? "length" : axis == 0 ? "height" : "width";
    auto text = [](uint64_t number) { return std::to_string(number); };
    Diagnostic &message =
        diagnostics
            .report(diag::ConvolutionSizes, rule.range, name, to.path,
                    Count(outputs), from.path, Count(made))
            .label(from.range, name + " " + text(inputs))
            .label(to.range, name + " " + text(outputs));
    if (room < extent)
      message
          .note("the kernel reaches over dilation*(kernel - 1) + 1 = " +
                text(extent) + ", the " + name + " and its paddings over " +
                text(room))
          .help("pad more, or take a smaller kernel");
    else
      message
          .note("floor((" + text(inputs) + " + " + text(padding[axis][0]) +
                " + " + text(padding[axis][1]) + " - " + text(dilation) + "*(" +
                text(kernel) + " - 1) - 1)/" + text(stride) +
                ") + 1 = " + text(made) + ": floor((" + name +
                " + paddings - dilation*(kernel - 1) - 1)/stride) + 1")
          .help("give `" + to.path + "` the " + name + " " + text(made) +
                ", or change the padding or the stride");
    return false;
  }
  return true;
}

bool checkKernel(const Projection &projection, DiagnosticEngine &diagnostics) {
  if (projection.rule.kind != Rule::Kind::Convolution)
    return true;
  const Convolution &kernel = projection.rule.convolution;
  auto text = [](uint64_t number) { return std::to_string(number); };
  for (auto [value, name] : {std::pair(&projection.weight, "the weight"),
                             std::pair(&projection.axonal, "the delay"),
                             std::pair(&projection.dendritic, "the delay")})
    if (value->kind == Value::Kind::Data &&
        value->data.size() != kernel.size()) {
      diagnostics
          .report(diag::WrongLength, value->range, Count(value->data.size()),
                  std::string(name), Count(kernel.size()))
          .label(projection.rule.range, "one for each entry of the kernel")
          .note("target channels x channels of a group x height x width of the "
                "kernel: " +
                text(kernel.target[0]) + " x " +
                text(kernel.source[0] / kernel.groups) + " x " +
                text(kernel.kernel[0]) + " x " + text(kernel.kernel[1]));
      return false;
    }
  return true;
}

} // namespace snn::lang::rules
