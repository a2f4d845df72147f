//===- main.cpp - snn-unpack: the reader of compressed files ----*- C++ -*-===//
//
// Standard input is the files of a data set, standard output the answer that
// compiler/Data/Unpack.h describes. `snn` starts it; it takes no arguments.
//
//===----------------------------------------------------------------------===//
#include "compiler/Data/Unpack.h"
#include "compiler/Import/Process/Answer.h"
#include "compiler/Import/Process/Sandbox.h"
#include "tools/snn-unpack/Unpack.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <new>
#include <unistd.h>

using namespace snn;

int main() {
  std::optional<std::string_view> files =
      process::standardInput("snn-unpack", "`snn import`");
  if (!files)
    return process::NoFile;
  // libzip asks for the time zone, which would be read from a file.
  setenv("TZ", "UTC0", 1);
  tzset();
  if (!process::restrictProcess(files->size()))
    return process::NotRestricted;
  process::Answer answer;
  constexpr uint64_t ratio = 1000, base = 1 << 20;
  data::Sink sink(std::min(data::MostUnpacked, base + ratio * files->size()),
                  [&](std::string_view piece) { answer.add(piece); });
  try {
    answer.add(data::AnswerMagic);
    if (data::Fault fault = data::unpackAll(*files, sink))
      sink.piece('X', *fault);
    sink.piece('Z', "");
    answer.flush();
  } catch (const std::bad_alloc &) {
    _exit(process::NoMemory);
  }
  // Destructors of libraries may do more than this process is allowed to.
  _exit(0);
}
