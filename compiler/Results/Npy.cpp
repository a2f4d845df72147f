//===- Npy.cpp - NumPy's array format ---------------------------*- C++ -*-===//
//
// The header is a Python dictionary with three known keys; it is matched, never
// evaluated. Every length is checked against the bytes that are there.
//
//===----------------------------------------------------------------------===//
#include "compiler/Results/Npy.h"

#include <cstring>
#include <limits>

using namespace snn::results;

namespace {

constexpr std::string_view magic = "\x93NUMPY";

Failure broken(const std::string &name, const std::string &why) {
  return {ExitCode::BrokenFile, name + " is not a readable .npy array: " + why,
          ""};
}

/// What follows `'key':` in the header, with leading blanks removed.
std::string_view valueOf(std::string_view header, std::string_view key) {
  std::string quoted = "'" + std::string(key) + "'";
  size_t at = header.find(quoted);
  if (at == std::string_view::npos)
    return {};
  header.remove_prefix(at + quoted.size());
  size_t colon = header.find_first_not_of(" ");
  if (colon == std::string_view::npos || header[colon] != ':')
    return {};
  header.remove_prefix(colon + 1);
  size_t value = header.find_first_not_of(" ");
  return value == std::string_view::npos ? std::string_view()
                                         : header.substr(value);
}

bool parseShape(std::string_view text, std::vector<uint64_t> &shape) {
  if (text.empty() || text[0] != '(')
    return false;
  size_t i = 1;
  while (i < text.size() && text[i] != ')') {
    if (text[i] == ' ' || text[i] == ',') {
      ++i;
      continue;
    }
    uint64_t number = 0;
    size_t digits = 0;
    for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i, ++digits)
      if (__builtin_mul_overflow(number, uint64_t{10}, &number) ||
          __builtin_add_overflow(number, uint64_t(text[i] - '0'), &number))
        return false;
    if (digits == 0)
      return false;
    shape.push_back(number);
  }
  return i < text.size();
}

template <class From, class To>
std::vector<To> convert(std::string_view data) {
  std::vector<To> result(data.size() / sizeof(From));
  for (size_t i = 0; i < result.size(); ++i) {
    From element;
    std::memcpy(&element, data.data() + i * sizeof(From), sizeof(From));
    result[i] = static_cast<To>(element);
  }
  return result;
}

} // namespace

uint64_t NpyArray::size() const {
  uint64_t product = 1;
  for (uint64_t extent : shape)
    product *= extent;
  return product;
}

std::vector<double> NpyArray::toDoubles() const {
  if (type == "f8")
    return convert<double, double>(data);
  if (type == "f4")
    return convert<float, double>(data);
  if (type == "i1")
    return convert<int8_t, double>(data);
  if (type == "i2")
    return convert<int16_t, double>(data);
  if (type == "i4")
    return convert<int32_t, double>(data);
  if (type == "i8")
    return convert<int64_t, double>(data);
  if (type == "u1" || type == "b1")
    return convert<uint8_t, double>(data);
  if (type == "u2")
    return convert<uint16_t, double>(data);
  if (type == "u4")
    return convert<uint32_t, double>(data);
  if (type == "u8")
    return convert<uint64_t, double>(data);
  return {};
}

std::vector<uint32_t> NpyArray::toIds() const {
  if (type == "u4")
    return convert<uint32_t, uint32_t>(data);
  std::vector<uint32_t> ids;
  for (double number : toDoubles()) {
    if (!(number >= 0 && number <= std::numeric_limits<uint32_t>::max()))
      return {};
    ids.push_back(static_cast<uint32_t>(number));
  }
  return ids;
}

Expected<NpyArray> snn::results::parseNpy(std::string_view bytes,
                                          const std::string &name) {
  if (bytes.size() < 12 || bytes.substr(0, magic.size()) != magic)
    return broken(name, "it does not begin as one");
  unsigned version = static_cast<unsigned char>(bytes[6]);
  if (version < 1 || version > 3)
    return broken(name, "its version is " + std::to_string(version));
  size_t lengthBytes = version == 1 ? 2 : 4;
  size_t length = 0;
  for (size_t i = 0; i < lengthBytes; ++i)
    length |= size_t{static_cast<unsigned char>(bytes[8 + i])} << (8 * i);
  size_t begin = 8 + lengthBytes;
  if (length > bytes.size() - begin)
    return broken(name, "its header is cut off");
  std::string_view header = bytes.substr(begin, length);

  NpyArray array;
  std::string_view type = valueOf(header, "descr");
  size_t close = type.size() < 2 ? std::string_view::npos : type.find('\'', 1);
  if (close == std::string_view::npos || type[0] != '\'')
    return broken(name, "its element type is not a plain number");
  type = type.substr(1, close - 1);
  if (type.size() < 2 || (type[0] != '<' && type[0] != '|'))
    return broken(name, "its elements are not little-endian numbers");
  array.type = type.substr(1);
  if (!valueOf(header, "fortran_order").starts_with("False"))
    return broken(name, "its elements are not in C order");
  if (!parseShape(valueOf(header, "shape"), array.shape))
    return broken(name, "its shape is malformed");

  static constexpr std::string_view known[] = {
      "f8", "f4", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"};
  uint64_t elements = 0;
  for (std::string_view candidate : known)
    if (array.type == candidate)
      elements = candidate[1] - '0';
  if (elements == 0)
    return broken(name, "its elements are of type " + array.type);
  for (uint64_t extent : array.shape)
    if (__builtin_mul_overflow(elements, extent, &elements))
      return broken(name, "its shape overflows");
  array.data = bytes.substr(begin + length);
  if (array.data.size() < elements)
    return broken(name, "its data are cut off");
  array.data = array.data.substr(0, elements);
  return array;
}

std::string snn::results::npyHeader(const std::string &type,
                                    const std::string &shape) {
  std::string text = "{'descr': '" + type +
                     "', 'fortran_order': False, 'shape': (" + shape + "), }";
  constexpr size_t fixed = 10;
  text.append(63 - (fixed + text.size()) % 64, ' ');
  text += '\n';
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes += static_cast<char>(text.size() & 0xff);
  bytes += static_cast<char>(text.size() >> 8);
  return bytes + text;
}
