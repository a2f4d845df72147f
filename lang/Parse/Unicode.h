//===- Unicode.h - Decoding UTF-8 and naming its characters -----*- C++ -*-===//
//
// Only what the scanner needs: one strict decoder, and what an author probably
// meant by a character that has no meaning in a model.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_PARSE_UNICODE_H
#define SNN_LANG_PARSE_UNICODE_H

#include <cstdint>
#include <string>
#include <string_view>

namespace snn::lang {

struct CodePoint {
  char32_t value = 0;
  /// Bytes that it takes; 0 if the bytes are not UTF-8 (overlong forms,
  /// surrogates and values above U+10FFFF are not).
  uint32_t length = 0;
};

/// Some editors begin a file with it; it says nothing where bytes are UTF-8.
inline constexpr std::string_view ByteOrderMark = "\xEF\xBB\xBF";

/// Decodes the first character of a text that is not empty.
CodePoint decode(std::string_view text);

/// Controls a terminal, changes the direction of writing or has no width: what
/// is seen is not what is read (CVE-2021-42574).
bool isInvisible(char32_t c);

/// "U+202E".
std::string codePointName(char32_t c);

/// What to write instead of a character from a paper or word processor: "u" for
/// a micro sign, ">=" for a sign of it. Empty if unknown.
std::string_view asciiFor(char32_t c);

} // namespace snn::lang

#endif // SNN_LANG_PARSE_UNICODE_H
