//===- Unpack.cpp - What compressed files hold ------------------*- C++ -*-===//
//
// Files go to the reader in one, in memory, each as the lengths of its name and
// its bytes, and these: a process for each of ten thousand images would be
// slow, and open files would be a right more.
//
//===----------------------------------------------------------------------===//
#include "compiler/Data/Unpack.h"

#include "compiler/Import/Process/Reader.h"
#include "compiler/Results/MappedFile.h"

#include <cerrno>
#include <climits>
#include <cstring>
#include <sys/mman.h>

using namespace snn;
using namespace snn::data;
using results::ExitCode;
using results::Expected;
using results::Failure;

namespace {

/// Lengths and letters of an answer, beside what is unpacked.
constexpr uint64_t MostBeside = uint64_t(64) << 20;

bool writeAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      return false;
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return true;
}

std::string lengthOf(std::string_view bytes) {
  uint64_t length = bytes.size();
  return {reinterpret_cast<const char *>(&length), sizeof length};
}

} // namespace

bool snn::data::isPacked(std::string_view bytes) {
  return bytes.starts_with("\x1f\x8b") || bytes.starts_with("PK") ||
         bytes.starts_with("\x89PNG");
}

bool snn::data::decodeAnswer(std::string_view answer,
                             std::vector<Member> &members, std::string &error) {
  error = "its reader sent something else than an answer";
  if (!answer.starts_with(AnswerMagic))
    return false;
  answer.remove_prefix(AnswerMagic.size());
  while (true) {
    if (answer.size() < 9)
      return false;
    char kind = answer[0];
    uint64_t length = 0;
    std::memcpy(&length, answer.data() + 1, sizeof length);
    answer.remove_prefix(9);
    if (length > answer.size())
      return false;
    std::string_view piece = answer.substr(0, length);
    answer.remove_prefix(length);
    if (kind == 'Z' && length == 0 && answer.empty()) {
      error.clear();
      return true;
    }
    if (kind == 'X' && !piece.empty()) {
      error = piece;
      return false;
    }
    if (kind == 'M')
      members.push_back({std::string(piece), ""});
    else if (kind == 'D' && !members.empty())
      members.back().bytes += piece;
    else
      return false;
  }
}

Expected<std::vector<Member>>
snn::data::unpack(const std::vector<PackedFile> &files,
                  const std::string &name) {
  std::string quoted = "`" + process::shown(name) + "`";
  auto failed = [](const char *what) {
    return Failure{ExitCode::InputOutput,
                   std::string(what) + ": " + std::strerror(errno), ""};
  };
  process::Descriptor together(memfd_create("snn-unpack", MFD_CLOEXEC));
  if (together.get() < 0)
    return failed("cannot take memory for a file");
  uint64_t size = 0;
  for (const PackedFile &file : files) {
    auto mapped = results::MappedFile::open(file.path);
    if (!mapped)
      return mapped.failure();
    std::string_view bytes = (*mapped)->bytes();
    size += 16 + file.name.size() + bytes.size();
    if (size > INT_MAX)
      return Failure{ExitCode::BrokenFile, quoted + " is larger than 2 GiB",
                     ""};
    if (!writeAll(together.get(), lengthOf(file.name) + lengthOf(bytes)) ||
        !writeAll(together.get(), file.name) ||
        !writeAll(together.get(), bytes))
      return failed("cannot write to memory");
  }
  Expected<std::string> answer = process::runReader(
      "snn-unpack", together.get(), MostUnpacked + MostBeside, quoted);
  if (!answer)
    return answer.failure();
  std::vector<Member> members;
  std::string error;
  if (!decodeAnswer(*answer, members, error))
    return Failure{ExitCode::BrokenFile,
                   quoted + " is refused: " + process::shown(error), ""};
  return members;
}
