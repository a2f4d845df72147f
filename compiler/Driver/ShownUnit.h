//===- ShownUnit.h - Values in the unit of the model's text -----*- C++ -*-===//
//
// What a model writes in mV is shown in mV; where it wrote no unit, the usual
// one of the dimension.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_SHOWNUNIT_H
#define SNN_COMPILER_DRIVER_SHOWNUNIT_H

#include "lang/Basic/Units.h"

#include <cmath>

namespace snn::driver {

class ShownUnit {
public:
  explicit ShownUnit(const lang::Unit &unit) {
    name = unit.spelling;
    if (name.empty() && unit.dimension == lang::Dimension::frequency()) {
      // Rates are read in Hz, and kept in 1/ms.
      name = "Hz";
      scale = 1e-3;
    } else if (name.empty()) {
      name = unit.dimension.unit();
    } else {
      scale = std::pow(10, unit.exponentToInternal());
    }
    if (name == "1")
      name.clear();
  }

  /// Empty for plain numbers.
  const std::string &spelling() const { return name; }
  double operator()(double internal) const { return internal / scale; }

private:
  std::string name;
  double scale = 1;
};

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_SHOWNUNIT_H
