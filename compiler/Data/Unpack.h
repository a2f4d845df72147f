//===- Unpack.h - What compressed files hold --------------------*- C++ -*-===//
//
// gzip, zip and PNG are unpacked by `snn-unpack`, a process of its own that may
// do nothing else. What it answers: "SNNDATA1", then pieces, each of which is a
// letter, the length of what follows in eight bytes with the lowest first, and
// that: 'M' the name of a member, 'D' bytes of it, 'X' what is wrong with the
// file; 'Z', with length 0, is the end. A PNG image becomes an idx array of its
// rows, columns and, if it has colours, channels.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DATA_UNPACK_H
#define SNN_COMPILER_DATA_UNPACK_H

#include "compiler/Results/Expected.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace snn::data {

/// What the answer begins with.
inline constexpr std::string_view AnswerMagic = "SNNDATA1";
/// Bytes that may come out of all files of a data set.
inline constexpr uint64_t MostUnpacked = uint64_t(1) << 30;

struct Member {
  std::string name;
  std::string bytes;
};

/// A file, and what it is called in messages and as a member.
struct PackedFile {
  std::string name;
  std::string path;
};

/// gzip, zip or PNG, by what a file begins with.
bool isPacked(std::string_view bytes);

/// The members of all files, in their order. A gzip or PNG file is one member
/// of the file's name. `name` is only used in messages.
results::Expected<std::vector<Member>>
unpack(const std::vector<PackedFile> &files, const std::string &name);

/// The members of an answer; false, with what is wrong, if it is none or says
/// that a file is broken.
bool decodeAnswer(std::string_view answer, std::vector<Member> &members,
                  std::string &error);

} // namespace snn::data

#endif // SNN_COMPILER_DATA_UNPACK_H
