//===- Values.h - Values as the engine takes them ---------------*- C++ -*-===//
//
// From the attribute to the plain struct of the C ABI.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_INTERPRETER_VALUES_H
#define SNN_COMPILER_INTERPRETER_VALUES_H

#include "dialects/Spiking/IR/Attributes.h"
#include "snn/abi.h"

#include <vector>

namespace snn::interpreter {

/// The kinds of both enumerations are in one order.
class Value {
public:
  explicit Value(spiking::ValueAttr attr) {
    value.kind = static_cast<uint32_t>(attr.getKind());
    value.a = attr.getA().convertToDouble();
    value.b = attr.getB().convertToDouble();
    value.redraw_low = attr.getRedrawLow().convertToDouble();
    value.redraw_high = attr.getRedrawHigh().convertToDouble();
    value.clip_low = attr.getClipLow().convertToDouble();
    value.clip_high = attr.getClipHigh().convertToDouble();
    if (!attr.getValues())
      return;
    numbers.assign(attr.getValues().asArrayRef().begin(),
                   attr.getValues().asArrayRef().end());
    value.count = numbers.size();
    double sum = 0.0;
    if (attr.getProbabilities())
      for (double p : attr.getProbabilities().asArrayRef())
        numbers.push_back(sum += p);
    value.data = numbers.data();
  }
  Value(const Value &) = delete;

  const snn_value &get() const { return value; }

private:
  snn_value value = {};
  std::vector<double> numbers;
};

} // namespace snn::interpreter

#endif // SNN_COMPILER_INTERPRETER_VALUES_H
