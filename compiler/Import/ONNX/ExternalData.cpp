//===- ExternalData.cpp - Weights in files of their own -------------------===//
//
// A model names them, and is not trusted: they stand beneath its folder, on the
// way there is no link and no `..`, and each is a regular file with one name.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Reader.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace snn;
using namespace snn::onnx;
using results::ExitCode;
using results::Failure;

namespace {

int openBeneath(int folder, const std::string &name) {
  open_how how{};
  how.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  return static_cast<int>(
      syscall(SYS_openat2, folder, name.c_str(), &how, sizeof how));
}

/// Of all tensors, in bytes: more than any network has that is converted.
constexpr uint64_t MostBytes = uint64_t(1) << 30;

/// Takes what it reads from `left`.
std::optional<Failure> readInto(Tensor &tensor, int file, uint64_t &left) {
  std::string name = "`" + shown(tensor.location) + "`";
  auto refused = [&](const std::string &why) {
    return Failure{ExitCode::BrokenFile,
                   "the data of tensor `" + shown(tensor.name) + "` in " +
                       name + " " + why,
                   ""};
  };
  struct stat status;
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
    return refused("is refused: that is not a regular file");
  if (status.st_nlink != 1)
    return refused("is refused: that file has several names");
  int64_t size = status.st_size, length = tensor.length, end = 0;
  if (length == -1)
    length = size - tensor.offset;
  if (tensor.offset < 0 || length < 0 ||
      __builtin_add_overflow(tensor.offset, length, &end) || end > size)
    return refused("lies outside of it");
  // Before memory is taken: a file with holes may be of any size.
  if (std::optional<std::string> why =
          faultOf(tensor, static_cast<uint64_t>(length)))
    return Failure{ExitCode::BrokenFile, *why, ""};
  if (static_cast<uint64_t>(length) > left)
    return refused("are refused: with those before them they are more than " +
                   std::to_string(MostBytes) + " bytes");
  left -= static_cast<uint64_t>(length);
  tensor.bytes.resize(static_cast<size_t>(length));
  for (int64_t done = 0; done < length;) {
    ssize_t count =
        pread(file, tensor.bytes.data() + done,
              static_cast<size_t>(length - done), tensor.offset + done);
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      return refused("cannot be read");
    done += count;
  }
  return std::nullopt;
}

} // namespace

std::optional<Failure>
snn::onnx::readExternalData(Graph &graph, const std::filesystem::path &folder) {
  int base = -1;
  uint64_t left = MostBytes;
  std::optional<Failure> failure;
  auto resolve = [&](Tensor &tensor) {
    if (tensor.location.empty() || failure)
      return;
    if (base < 0)
      base = open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    int file = base < 0 ? -1 : openBeneath(base, tensor.location);
    if (file < 0) {
      bool isMissing = errno == ENOENT || errno == EACCES;
      failure = Failure{isMissing ? ExitCode::NoInput : ExitCode::BrokenFile,
                        "the data of tensor `" + shown(tensor.name) + "` in `" +
                            shown(tensor.location) +
                            (isMissing ? "` cannot be read: " +
                                             std::string(std::strerror(errno))
                                       : std::string("` is refused: it is not "
                                                     "beneath the folder of "
                                                     "the model")),
                        "data stand beneath the model's folder, without links "
                        "or `..`"};
      return;
    }
    failure = readInto(tensor, file, left);
    ::close(file);
  };
  for (Tensor &tensor : graph.initializers)
    resolve(tensor);
  for (Node &node : graph.nodes)
    for (Attribute &attribute : node.attributes)
      resolve(attribute.tensor);
  if (base >= 0)
    ::close(base);
  return failure;
}
