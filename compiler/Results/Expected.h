//===- Expected.h - A value, or why there is none ---------------*- C++ -*-===//
//
// What a verb of the driver can fail with: the exit code that scripts test, one
// sentence for people, and a way out where there is one.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_RESULTS_EXPECTED_H
#define SNN_COMPILER_RESULTS_EXPECTED_H

#include <string>
#include <utility>
#include <variant>

namespace snn::results {

/// The exit codes of `snn`; scripts rely on them.
enum class ExitCode : int {
  Success = 0,
  ModelErrors = 1,
  Usage = 2,
  ExpectationFailed = 3,
  Numerical = 4,
  ResourceLimit = 5,
  Target = 6,
  Mismatch = 7,
  NoInput = 66,
  Internal = 70,
  InputOutput = 74,
  BrokenFile = 77,
  Interrupted = 130,
  Terminated = 143,
};

struct Failure {
  ExitCode code = ExitCode::Internal;
  /// What was observed, in lower case and without a full stop.
  std::string message;
  /// What to do about it; may be empty.
  std::string help;
  /// "E0701" for what `snn explain` knows more about.
  std::string id = {};
  /// What explains it; may be empty.
  std::string note = {};
};

template <class T>
class [[nodiscard]] Expected {
public:
  Expected(T value) : state(std::in_place_index<0>, std::move(value)) {}
  Expected(Failure failure)
      : state(std::in_place_index<1>, std::move(failure)) {}

  explicit operator bool() const { return state.index() == 0; }
  T &operator*() { return *std::get_if<0>(&state); }
  const T &operator*() const { return *std::get_if<0>(&state); }
  T *operator->() { return std::get_if<0>(&state); }
  const T *operator->() const { return std::get_if<0>(&state); }
  const Failure &failure() const { return *std::get_if<1>(&state); }

private:
  std::variant<T, Failure> state;
};

} // namespace snn::results

#endif // SNN_COMPILER_RESULTS_EXPECTED_H
