//===- Model.h - Whether a compiled model can be run ------------*- C++ -*-===//
//
// A model comes from our compiler, but maybe of another version, and an
// embedding program may build one by hand: indices are checked once, before
// anything follows them.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_MODEL_H
#define SNN_RUNTIME_CORE_MODEL_H

#include "runtime/lib/Core/Failure.h"

namespace snn::runtime {

bool checkModel(const snn_model &model, Error &error);

/// The model with the seeds and the duration of the options.
bool applyOptions(const snn_model &model, const snn_options &options,
                  snn_model &out, Error &error);

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_MODEL_H
