//===- Main.cpp - The entry of executables --------------------------------===//
//
// A linker takes this from the archive only where a program has no main of its
// own: then the compiled model in the program is the one to run.
//
//===----------------------------------------------------------------------===//
#include "snn/runtime.h"

int main(int argc, char **argv) {
  return snn_main(&snn_compiled_model, argc, argv);
}
