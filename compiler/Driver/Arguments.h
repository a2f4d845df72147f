//===- Arguments.h - Values of flags ----------------------------*- C++ -*-===//
//
// Quantities on the command line are written as in a model: with their unit.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_ARGUMENTS_H
#define SNN_COMPILER_DRIVER_ARGUMENTS_H

#include "compiler/Driver/Console.h"
#include "lang/Sema/Checked.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace snn::driver {

/// Digits alone, of a number below 2^64.
std::optional<uint64_t> wholeNumber(std::string_view text);

/// "500ms", "1.2 s": ms. `flag` is named in messages.
Expected<double> parseTime(const std::string &flag, const std::string &text);

/// "30s", "5min", "2h": seconds.
Expected<double> parseWallTime(const std::string &flag,
                               const std::string &text);

/// "200M", "8G", "8GiB" (powers of 1024): bytes.
Expected<uint64_t> parseBytes(const std::string &flag, const std::string &text);

/// "7" for all three, or "network=1,stimulus=2" for those named.
struct SeedChoice {
  std::optional<uint64_t> network, initial, stimulus;
  lang::checked::Seeds apply(lang::checked::Seeds seeds) const;
};
Expected<SeedChoice> parseSeeds(const std::string &flag,
                                const std::string &text);

/// "net.g=4.5": a path and the text of its value.
using Setting = std::pair<std::string, std::string>;
Expected<std::vector<Setting>>
parseSettings(const std::vector<std::string> &texts);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_ARGUMENTS_H
