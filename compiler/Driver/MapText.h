//===- MapText.h - `snn map --emit core` ------------------------*- C++ -*-===//
//
// A mapped network as text, in place of a folder with its image.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_MAPTEXT_H
#define SNN_COMPILER_DRIVER_MAPTEXT_H

#include "compiler/Driver/Verbs.h"

namespace snn::driver {

/// `options.output` is a file; standard output if it is empty or `-`.
int writeMapText(const MapOptions &options, const Console &console);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_MAPTEXT_H
