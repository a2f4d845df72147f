//===- Unicode.cpp - Decoding UTF-8 and naming its characters ---*- C++ -*-===//
//
// The decoder follows table 3-7 of the Unicode standard.
//
//===----------------------------------------------------------------------===//

#include "lang/Parse/Unicode.h"

#include <algorithm>
#include <cstdio>
#include <iterator>

namespace snn::lang {

CodePoint decode(std::string_view text) {
  auto byte = [&](size_t i) -> uint32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  auto continues = [&](size_t i) { return (byte(i) & 0xC0) == 0x80; };
  uint32_t first = byte(0);
  if (first < 0x80)
    return {first, 1};
  if (first >= 0xC2 && first <= 0xDF && continues(1))
    return {(first & 0x1F) << 6 | (byte(1) & 0x3F), 2};
  if (first >= 0xE0 && first <= 0xEF && continues(1) && continues(2)) {
    char32_t value =
        (first & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    return {value, value < 0x800 || surrogate ? 0u : 3u};
  }
  if (first >= 0xF0 && first <= 0xF4 && continues(1) && continues(2) &&
      continues(3)) {
    char32_t value = (first & 0x07) << 18 | (byte(1) & 0x3F) << 12 |
                     (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
    return {value, value < 0x10000 || value > 0x10FFFF ? 0u : 4u};
  }
  return {};
}

bool isInvisible(char32_t c) {
  bool isControl = (c < 0x20 && c != '\t') || (c >= 0x7F && c < 0xA0);
  return isControl || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2060 && c <= 0x2064) || c == 0x061C || c == 0x00AD ||
         c == 0xFEFF || c == 0x180E;
}

std::string codePointName(char32_t c) {
  char name[16];
  std::snprintf(name, sizeof name, "U+%04X", static_cast<unsigned>(c));
  return name;
}

std::string_view asciiFor(char32_t c) {
  struct Replacement {
    char32_t character;
    std::string_view ascii;
  };
  static constexpr Replacement Replacements[] = {
      {0x00A0, " "},   // no-break space
      {0x00B5, "u"},   // micro sign
      {0x00B7, "*"},   // middle dot
      {0x00D7, "*"},   // multiplication sign
      {0x00F7, "/"},   // division sign
      {0x03A9, "ohm"}, // capital omega
      {0x03B1, "alpha"}, {0x03B2, "beta"},   {0x03B3, "gamma"},
      {0x03B4, "delta"}, {0x03B5, "eps"},    {0x03B7, "eta"},
      {0x03B8, "theta"}, {0x03BB, "lambda"}, {0x03BC, "u"}, // mu, read as micro
      {0x03BD, "nu"},    {0x03C1, "rho"},    {0x03C3, "sigma"},
      {0x03C4, "tau"},   {0x0394, "Delta"},  {0x2009, " "}, // thin space
      {0x2010, "-"},     {0x2011, "-"},      {0x2012, "-"},
      {0x2013, "-"}, // en dash
      {0x2014, "-"},     {0x2018, "'"},      {0x2019, "'"},
      {0x201C, "\""},    {0x201D, "\""},     {0x2026, ".."},
      {0x202F, " "},     {0x2032, "'"},                     // prime
      {0x2126, "ohm"},                                      // ohm sign
      {0x2190, "<-"},    {0x2192, "->"},     {0x2212, "-"}, // minus sign
      {0x2215, "/"},     {0x2217, "*"},      {0x22C5, "*"},
      {0x2260, "!="},    {0x2264, "<="},     {0x2265, ">="},
  };
  const auto *found =
      std::find_if(std::begin(Replacements), std::end(Replacements),
                   [c](const Replacement &r) { return r.character == c; });
  return found == std::end(Replacements) ? std::string_view() : found->ascii;
}

} // namespace snn::lang
