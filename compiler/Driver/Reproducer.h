//===- Reproducer.h - What a defect of ours leaves behind -------*- C++ -*-===//
//
// An internal error writes a folder with the model and the steps, so that the
// defect can be found without the user's machine; nothing is sent anywhere.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_REPRODUCER_H
#define SNN_COMPILER_DRIVER_REPRODUCER_H

#include "compiler/Results/Expected.h"

#include <string>
#include <utility>
#include <vector>

namespace snn::driver {

/// Remembers the command and the model for reproducers, and makes crashes of
/// this process write one.
void prepareReproducer(int argc, char **argv);
void setReproducerModel(const std::string &text);

/// Writes snn-crash-<hash>/ with the command, the model and `files`; the
/// message says where it is. Exit code 70.
results::Failure internalError(
    const std::string &what,
    const std::vector<std::pair<std::string, std::string>> &files = {});

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_REPRODUCER_H
