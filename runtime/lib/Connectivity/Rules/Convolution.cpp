//===- Convolution.cpp - A kernel that moves over maps --------------------===//
//
// An edge has the number of its entry in the kernel: so the synapses of an
// entry have one weight and one delay. A pair of neurons has at most one entry.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/Rules.h"

using namespace snn::runtime;

bool snn::runtime::connectByConvolution(RowMaker &rows, Range sources) {
  const Connectivity &network = rows.connectivity();
  const snn_convolution &shape = *network.projection().convolution;
  const KernelAxis &vertical = network.kernelAxes[0];
  const KernelAxis &horizontal = network.kernelAxes[1];
  uint64_t height = shape.source[1], width = shape.source[2];
  uint64_t map = shape.target[1] * shape.target[2];
  uint64_t inputs = shape.source[0] / shape.groups;
  uint64_t outputs = shape.target[0] / shape.groups;
  Range tiles = network.tiles().covering(rows.wanted());
  for (uint64_t source = sources.begin; source < sources.end; ++source) {
    uint64_t channel = source / (height * width);
    KernelAxis::Pairs down = vertical.of(source / width % height);
    KernelAxis::Pairs across = horizontal.of(source % width);
    uint64_t most = outputs * down.size() * across.size();
    uint32_t *targets = rows.targetsOfRow(most);
    uint64_t *edges = rows.edgesOfRow(most);
    if (!targets || !edges)
      return false;
    uint64_t firstOutput = channel / inputs * outputs;
    for (uint64_t tile = tiles.begin; tile < tiles.end; ++tile) {
      Range range = network.tiles()[tile];
      uint64_t count = 0;
      uint64_t begin = range.begin / map, end = (range.end - 1) / map + 1;
      begin = begin > firstOutput ? begin : firstOutput;
      end = end < firstOutput + outputs ? end : firstOutput + outputs;
      for (uint64_t output = begin; output < end; ++output) {
        uint64_t kernel = output * inputs + channel % inputs;
        for (KernelAxis::Pair v : down)
          for (KernelAxis::Pair u : across) {
            uint64_t target =
                output * map + v.output * shape.target[2] + u.output;
            uint64_t entry =
                (kernel * shape.kernel[0] + v.offset) * shape.kernel[1] +
                u.offset;
            targets[count] = static_cast<uint32_t>(target);
            edges[count] = entry;
            count += target >= range.begin && target < range.end &&
                     network.hasEntry(entry);
          }
      }
      if (count != 0 && !rows.finishListed(static_cast<uint32_t>(source),
                                           static_cast<uint32_t>(tile), count))
        return false;
    }
  }
  return true;
}
