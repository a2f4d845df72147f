//===- Table.h - Numbers from CSV and npy files -----------------*- C++ -*-===//
//
// Weights, delays, connection lists, initial states and spike trains may be
// given in files. Both formats are read here, by our own few lines: a CSV of
// numbers, with or without one line of names, and NumPy's npy (versions 1 to 3,
// little-endian floats and integers, at most two dimensions, C order).
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_DATA_TABLE_H
#define SNN_LANG_DATA_TABLE_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace snn::lang {

/// A matrix of numbers; a one-dimensional array is one column.
struct Table {
  uint64_t rows = 0, columns = 0;
  /// Row by row.
  std::vector<double> values;
  /// Of the columns, or empty.
  std::vector<std::string> names;

  double at(uint64_t row, uint64_t column) const {
    return values[row * columns + column];
  }
  std::vector<double> column(uint64_t index) const;
};

/// A file larger than this is refused, before it is read.
constexpr uint64_t maxTableBytes = uint64_t(1) << 32;

/// Reads `path` by the ending of its name. Without a value, `error` says what
/// is wrong, in the words of a message: "line 3 has 2 numbers, line 1 has 3".
std::optional<Table> readTable(const std::string &path, std::string &error);

/// The same for a text and for the bytes of an npy file.
std::optional<Table> parseCsv(std::string_view text, std::string &error);
std::optional<Table> parseNpy(std::string_view bytes, std::string &error);

} // namespace snn::lang

#endif // SNN_LANG_DATA_TABLE_H
