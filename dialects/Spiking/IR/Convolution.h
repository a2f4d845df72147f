//===- Convolution.h - A kernel that moves over maps ------------*- C++ -*-===//
//
// The sizes of the rule `convolution`, as they stand in its attribute one after
// the other: what `snn_convolution` of snn/abi.h has.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_IR_CONVOLUTION_H
#define SNN_DIALECTS_SPIKING_IR_CONVOLUTION_H

#include "mlir/IR/BuiltinAttributes.h"

#include <array>

namespace snn::spiking {

struct Convolution {
  /// Channels, height, width.
  std::array<int64_t, 3> source{}, target{};
  std::array<int64_t, 2> kernel{}, stride{}, padding{}, dilation{};
  int64_t groups = 1;

  static constexpr unsigned Size = 15;

  /// Of an attribute that has the size.
  static Convolution of(mlir::DenseI64ArrayAttr attribute);
  mlir::DenseI64ArrayAttr toAttribute(mlir::MLIRContext *context) const;

  int64_t numSources() const { return source[0] * source[1] * source[2]; }
  int64_t numTargets() const { return target[0] * target[1] * target[2]; }
  /// Entries of the kernel for one target channel: the most synapses that a
  /// target has.
  int64_t entriesOfTarget() const {
    return source[0] / groups * kernel[0] * kernel[1];
  }

  /// What cannot be, in words; null if it can.
  const char *findFault() const;
};

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_IR_CONVOLUTION_H
