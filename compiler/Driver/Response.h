//===- Response.h - The response curve of a stored sweep --------*- C++ -*-===//
//
// Rates over the swept parameter, read from the folders of the runs.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_RESPONSE_H
#define SNN_COMPILER_DRIVER_RESPONSE_H

#include "compiler/Plot/Kinds.h"

namespace snn::driver {

results::Expected<plot::Figure> plotResponse(const std::string &folder,
                                             const plot::PlotOptions &options);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_RESPONSE_H
