//===- Settings.h - What a chip's declaration can say -----------*- C++ -*-===//
//
// One table of the settings: their form, what they are without being given, and
// what they mean, for messages and for the page of a chip.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_CHIPS_SETTINGS_H
#define SNN_LANG_CHIPS_SETTINGS_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace snn::lang {

struct ChipSetting {
  enum class Form { Word, Count, Limit, Cost, Time };
  /// Where it stands on the page of a chip.
  enum class Topic { Behaviour, Mesh, Core, Numbers, Energy, Time };

  std::string_view name;
  Form form;
  Topic topic;
  std::string_view meaning;
  /// Words to choose from; the first is meant without.
  std::vector<std::string> words = {};
  bool required = false;
  int64_t otherwise = 0;
};

const std::vector<ChipSetting> &chipSettings();

/// What a parameter of this name is for; empty if mappers know no such name.
std::string_view chipParameterMeaning(std::string_view name);

} // namespace snn::lang

#endif // SNN_LANG_CHIPS_SETTINGS_H
