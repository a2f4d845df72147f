//===- Table.cpp - Numbers from CSV and npy files ---------------*- C++ -*-===//
//
// Everything read here may be hostile: sizes are checked against the bytes that
// are there before anything is allocated for them.
//
//===----------------------------------------------------------------------===//
#include "lang/Data/Table.h"

#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string_view>

using namespace snn::lang;

std::vector<double> Table::column(uint64_t index) const {
  std::vector<double> result(rows);
  for (uint64_t row = 0; row < rows; ++row)
    result[row] = at(row, index);
  return result;
}

//===----------------------------------------------------------------------===//
// CSV
//===----------------------------------------------------------------------===//

static std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

static std::optional<double> parseNumber(std::string_view text) {
  if (!text.empty() && text.front() == '+')
    text.remove_prefix(1);
  double value = 0;
  auto [end, code] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || code != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

static std::vector<std::string_view> fieldsOf(std::string_view line) {
  std::vector<std::string_view> fields;
  while (true) {
    size_t comma = line.find(',');
    fields.push_back(trim(line.substr(0, comma)));
    if (comma == std::string_view::npos)
      return fields;
    line.remove_prefix(comma + 1);
  }
}

/// What begins like a number is not taken for the name of a column: a line of
/// numbers with a slip would be left out in silence.
static bool isName(std::string_view field) {
  return field.empty() ||
         std::string_view("+-.0123456789").find(field.front()) ==
             std::string_view::npos;
}

std::optional<Table> snn::lang::parseCsv(std::string_view text,
                                         std::string &error) {
  Table table;
  uint64_t number = 0, firstLine = 0;
  // Some programs begin UTF-8 with this mark.
  if (text.starts_with("\xef\xbb\xbf"))
    text.remove_prefix(3);
  while (!text.empty()) {
    size_t newline = text.find('\n');
    std::string_view line = trim(text.substr(0, newline));
    text.remove_prefix(newline == std::string_view::npos ? text.size()
                                                         : newline + 1);
    ++number;
    if (line.empty() || line.front() == '#')
      continue;
    std::vector<std::string_view> fields = fieldsOf(line);
    if (table.columns == 0) {
      table.columns = fields.size();
      firstLine = number;
      if (!parseNumber(fields[0]) && isName(fields[0])) {
        table.names.assign(fields.begin(), fields.end());
        continue;
      }
    }
    if (fields.size() != table.columns) {
      error = "line " + std::to_string(number) + " has " +
              std::to_string(fields.size()) + " fields, line " +
              std::to_string(firstLine) + " has " +
              std::to_string(table.columns);
      return std::nullopt;
    }
    for (std::string_view field : fields) {
      std::optional<double> value = parseNumber(field);
      if (!value) {
        error = "line " + std::to_string(number) + ": `" +
                std::string(field.substr(0, 40)) + "` is not a number";
        return std::nullopt;
      }
      table.values.push_back(*value);
    }
    ++table.rows;
  }
  return table;
}

//===----------------------------------------------------------------------===//
// npy
//===----------------------------------------------------------------------===//

/// What follows `'key':` in the header, a Python dictionary literal.
static std::optional<std::string_view> entryOf(std::string_view header,
                                               std::string_view key) {
  size_t at = header.find("'" + std::string(key) + "'");
  if (at == std::string_view::npos)
    return std::nullopt;
  at = header.find(':', at);
  if (at == std::string_view::npos)
    return std::nullopt;
  return trim(header.substr(at + 1));
}

template <typename T>
static void convert(std::string_view bytes, std::vector<double> &values) {
  for (size_t at = 0; at + sizeof(T) <= bytes.size(); at += sizeof(T)) {
    T element;
    std::memcpy(&element, bytes.data() + at, sizeof(T));
    values.push_back(static_cast<double>(element));
  }
}

static bool convertAs(std::string_view type, std::string_view bytes,
                      std::vector<double> &values) {
  if (type == "<f8")
    convert<double>(bytes, values);
  else if (type == "<f4")
    convert<float>(bytes, values);
  else if (type == "<i8")
    convert<int64_t>(bytes, values);
  else if (type == "<i4")
    convert<int32_t>(bytes, values);
  else if (type == "<i2")
    convert<int16_t>(bytes, values);
  else if (type == "<u8")
    convert<uint64_t>(bytes, values);
  else if (type == "<u4")
    convert<uint32_t>(bytes, values);
  else if (type == "<u2")
    convert<uint16_t>(bytes, values);
  else if (type == "|u1" || type == "|b1")
    convert<uint8_t>(bytes, values);
  else if (type == "|i1")
    convert<int8_t>(bytes, values);
  else
    return false;
  return true;
}

/// The length of the header and where it begins; the length has two bytes in
/// version 1 and four later.
static std::optional<std::string_view> headerOf(std::string_view bytes,
                                                size_t &dataBegin) {
  constexpr std::string_view magic("\x93NUMPY", 6);
  if (bytes.size() < 12 || bytes.substr(0, magic.size()) != magic)
    return std::nullopt;
  bool isLong = bytes[6] != 1;
  size_t begin = isLong ? 12 : 10, length = 0;
  for (size_t i = 0; i < (isLong ? 4U : 2U); ++i)
    length |= size_t(static_cast<unsigned char>(bytes[8 + i])) << (8 * i);
  if (length > bytes.size() - begin)
    return std::nullopt;
  dataBegin = begin + length;
  return bytes.substr(begin, length);
}

std::optional<Table> snn::lang::parseNpy(std::string_view bytes,
                                         std::string &error) {
  size_t dataBegin = 0;
  std::optional<std::string_view> header = headerOf(bytes, dataBegin);
  std::optional<std::string_view> type, order, shape;
  if (header) {
    type = entryOf(*header, "descr");
    order = entryOf(*header, "fortran_order");
    shape = entryOf(*header, "shape");
  }
  if (!type || !order || !shape || type->size() < 5 || shape->empty() ||
      shape->front() != '(') {
    error = "this is not an npy file";
    return std::nullopt;
  }
  std::vector<uint64_t> sizes;
  for (std::string_view field :
       fieldsOf(shape->substr(1, shape->find(')') - 1))) {
    uint64_t size = 0;
    auto [end, code] =
        std::from_chars(field.data(), field.data() + field.size(), size);
    if (!field.empty() && code == std::errc())
      sizes.push_back(size);
  }
  if (sizes.size() > 2) {
    error = "the array has " + std::to_string(sizes.size()) +
            " dimensions; one or two can be used";
    return std::nullopt;
  }
  Table table;
  table.rows = sizes.empty() ? 1 : sizes[0];
  table.columns = sizes.size() < 2 ? 1 : sizes[1];
  if (order->substr(0, 4) == "True" && table.columns > 1 && table.rows > 1) {
    error = "the array is in Fortran order; save it with "
            "`numpy.ascontiguousarray`";
    return std::nullopt;
  }
  // A letter between the order of bytes and their number: '<f8'.
  std::string_view name = type->substr(1, type->find(type->front(), 1) - 1);
  std::string_view data = bytes.substr(dataBegin);
  bool isKnown = name.size() == 3 && name[2] >= '1' && name[2] <= '8';
  uint64_t count = 0,
           width = isKnown ? static_cast<uint64_t>(name[2] - '0') : 1;
  if (isKnown && (__builtin_mul_overflow(table.rows, table.columns, &count) ||
                  count > data.size() / width)) {
    error = "the file ends before the array does";
    return std::nullopt;
  }
  if (!isKnown ||
      !convertAs(name, data.substr(0, count * width), table.values)) {
    error = "elements of type `" + std::string(name.substr(0, 40)) +
            "` cannot be used";
    return std::nullopt;
  }
  return table;
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

std::optional<Table> snn::lang::readTable(const std::string &path,
                                          std::string &error) {
  // A pipe or a device need not end.
  std::error_code ignored;
  std::filesystem::file_status status = std::filesystem::status(path, ignored);
  if (exists(status) && !is_regular_file(status)) {
    error = "it is not a regular file";
    return std::nullopt;
  }
  auto close = [](std::FILE *file) { std::fclose(file); };
  std::unique_ptr<std::FILE, decltype(close)> file(
      std::fopen(path.c_str(), "rb"), close);
  if (!file) {
    error = "the file cannot be opened";
    return std::nullopt;
  }
  std::string text;
  char buffer[1 << 16];
  while (size_t count = std::fread(buffer, 1, sizeof buffer, file.get())) {
    if (text.size() + count > maxTableBytes) {
      error = "the file is larger than 4 GiB";
      return std::nullopt;
    }
    text.append(buffer, count);
  }
  if (std::ferror(file.get())) {
    error = "the file cannot be read";
    return std::nullopt;
  }
  bool isNpy = path.size() > 4 && path.substr(path.size() - 4) == ".npy";
  return isNpy ? parseNpy(text, error) : parseCsv(text, error);
}
