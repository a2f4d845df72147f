//===- TemporaryFolder.cpp - Files for a while ------------------*- C++ -*-===//
//
// Where the environment says that temporary files go.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/TemporaryFolder.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"

using namespace snn;
using namespace snn::driver;
namespace fs = std::filesystem;

Expected<TemporaryFolder> TemporaryFolder::make() {
  llvm::SmallString<128> name;
  std::error_code error = llvm::sys::fs::createUniqueDirectory("snn", name);
  fs::path folder = name.str().str();
  // Nobody else's matter, whatever the umask is.
  if (!error)
    fs::permissions(folder, fs::perms::owner_all, error);
  if (error)
    return Failure{ExitCode::InputOutput,
                   "cannot make a folder for temporary files: " +
                       error.message(),
                   "`TMPDIR` says where they go"};
  return TemporaryFolder(std::move(folder));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!folder.empty())
    fs::remove_all(folder, ignored);
}
