//===- Noise.h - Splits an equation into drift and noise --------*- C++ -*-===//
//
// A right side f + g*noise() means dX = f dt + g dW. Every `noise()` that is
// written is a white noise of its own, and may only be scaled: g*noise(),
// noise()/g, -noise(), a + g*noise().
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_NOISE_H
#define SNN_LANG_SEMA_NOISE_H

#include "lang/Sema/Types.h"

#include <vector>

namespace snn::lang {

struct DriftAndNoise {
  /// Zero of the right dimension where there is noise alone.
  checked::ExprRef drift;
  /// One factor for each `noise()`.
  std::vector<checked::ExprRef> noise;
};

std::optional<DriftAndNoise> splitNoise(const checked::ExprRef &expr,
                                        DiagnosticEngine &diagnostics);

} // namespace snn::lang

#endif // SNN_LANG_SEMA_NOISE_H
