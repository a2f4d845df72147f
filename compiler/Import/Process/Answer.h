//===- Answer.h - What a reader process says --------------------*- C++ -*-===//
//
// The reader's side: where its file is, how it answers, and how it ends.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_IMPORT_PROCESS_ANSWER_H
#define SNN_COMPILER_IMPORT_PROCESS_ANSWER_H

#include <optional>
#include <string>
#include <string_view>

namespace snn::process {

/// How a reader ends that has no answer.
enum Ending : int { NotRestricted = 3, NoMemory = 4, NoFile = 5 };

/// The file that standard input is, for as long as the process lives. Nothing
/// if it is none; a person is told that `starters` start this program.
std::optional<std::string_view> standardInput(const char *program,
                                              const char *starters);

/// Standard output, in few writes.
class Answer {
public:
  void add(std::string_view piece);
  void flush();

private:
  std::string pending;
};

} // namespace snn::process

#endif // SNN_COMPILER_IMPORT_PROCESS_ANSWER_H
