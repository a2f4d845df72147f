//===- main.cpp - snn -------------------------------------------*- C++ -*-===//
//
// The command line is a library; this is its door.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/CommandLine.h"

int main(int argc, char **argv) {
  return snn::driver::runCommandLine(argc, argv);
}
