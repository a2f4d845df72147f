//===- CommandLine.h - From arguments to a verb -----------------*- C++ -*-===//
//
// The whole of `snn`: everything else is reached through here or is a library.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_COMMANDLINE_H
#define SNN_COMPILER_DRIVER_COMMANDLINE_H

namespace snn::driver {

/// Runs `snn` with these arguments; returns its exit code.
int runCommandLine(int argc, char **argv);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_COMMANDLINE_H
