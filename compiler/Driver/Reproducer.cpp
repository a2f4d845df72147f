//===- Reproducer.cpp - What a defect of ours leaves behind -----*- C++ -*-===//
//
// The names and texts of the files are ready before anything can go wrong, so
// that the handler of a fatal signal only makes a folder and writes; it runs on
// a stack of its own, since the usual one may be what ran out.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Reproducer.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace snn::driver;
using namespace snn::results;

namespace {

struct Reproducer {
  std::string command, model;
  std::string folder, commandFile, modelFile;

  void nameFiles() {
    // FNV-1a of what is to be reproduced: the same defect, the same folder.
    uint64_t hash = 0xcbf29ce484222325u;
    for (const std::string *text : {&command, &model})
      for (char c : *text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    char name[32];
    std::snprintf(name, sizeof name, "snn-crash-%04x",
                  static_cast<unsigned>(hash >> 48));
    folder = name;
    commandFile = folder + "/cmd";
    modelFile = folder + "/input.snn";
  }
};

Reproducer &reproducer() {
  static Reproducer instance;
  return instance;
}

bool writeWhole(const char *path, const char *text, size_t size) {
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0)
    return false;
  bool good = true;
  while (size > 0 && good) {
    ssize_t count = write(file, text, size);
    good = count > 0;
    if (good) {
      text += count;
      size -= static_cast<size_t>(count);
    }
  }
  return close(file) == 0 && good;
}

/// Calls nothing that a signal handler may not call.
bool writeReproducer() {
  const Reproducer &r = reproducer();
  if (mkdir(r.folder.c_str(), 0755) != 0 && access(r.folder.c_str(), W_OK) != 0)
    return false;
  return writeWhole(r.commandFile.c_str(), r.command.data(),
                    r.command.size()) &&
         (r.model.empty() ||
          writeWhole(r.modelFile.c_str(), r.model.data(), r.model.size()));
}

void say(const char *text) {
  [[maybe_unused]] ssize_t count = write(STDERR_FILENO, text, strlen(text));
}

void onFatalSignal(int) {
  say("internal error: snn crashed. This is a defect of snn, not of your "
      "model.\n");
  if (writeReproducer()) {
    say("  Your model and the command are saved in ./");
    say(reproducer().folder.c_str());
    say("/; nothing is sent.\n");
  }
  _exit(static_cast<int>(ExitCode::Internal));
}

} // namespace

void snn::driver::prepareReproducer(int argc, char **argv) {
  Reproducer &r = reproducer();
  for (int i = 0; i < argc; ++i) {
    // Quoted for a shell.
    std::string argument;
    for (const char *c = argv[i]; *c; ++c)
      argument += *c == '\'' ? std::string("'\\''") : std::string(1, *c);
    r.command += (i ? " '" : "'") + argument + "'";
  }
  r.command += "\n";
  r.nameFiles();
  static char stack[1 << 16];
  stack_t alternate{};
  alternate.ss_sp = stack;
  alternate.ss_size = sizeof stack;
  sigaltstack(&alternate, nullptr);
  struct sigaction action{};
  action.sa_handler = onFatalSignal;
  action.sa_flags = SA_ONSTACK | SA_RESETHAND;
  for (int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT})
    sigaction(signal, &action, nullptr);
}

void snn::driver::setReproducerModel(const std::string &text) {
  reproducer().model = text;
  reproducer().nameFiles();
}

Failure snn::driver::internalError(
    const std::string &what,
    const std::vector<std::pair<std::string, std::string>> &files) {
  Failure failure{ExitCode::Internal,
                  "internal error: " + what +
                      "; this is a defect of snn, not of your model",
                  ""};
  if (!writeReproducer())
    return failure;
  const std::string &folder = reproducer().folder;
  for (const auto &[name, text] : files)
    writeWhole((folder + "/" + name).c_str(), text.data(), text.size());
  failure.help = "your model and the command are saved in ./" + folder +
                 "/; nothing is sent";
  return failure;
}
