//===- Version.h - Which compiler this is -----------------------*- C++ -*-===//
//
// Stamped into manifests and shown by `snn --version`.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_VERSION_H
#define SNN_COMPILER_DRIVER_VERSION_H

namespace snn::driver {

/// "0.1.0".
inline constexpr const char *versionText() { return SNN_VERSION; }

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_VERSION_H
