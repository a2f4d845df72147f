//===- Calibration.cpp - Examples of a network's input ----------*- C++ -*-===//
//
// Read by the reader of NumPy's format, which checks sizes; here that they are
// numbers.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Calibration.h"

#include "compiler/Results/MappedFile.h"
#include "compiler/Results/Npy.h"

#include <charconv>
#include <cmath>

using namespace snn;
using namespace snn::driver;

Expected<std::vector<double>>
snn::driver::readSamples(const std::string &path) {
  if (!path.ends_with(".npy"))
    return Failure{ExitCode::Usage, "`" + path + "` is no .npy file",
                   "numpy.save(\"examples.npy\", x), an example a row"};
  auto file = results::MappedFile::open(path);
  if (!file)
    return file.failure();
  Expected<results::NpyArray> array = results::parseNpy((*file)->bytes(), path);
  if (!array)
    return array.failure();
  std::vector<double> numbers = array->toDoubles();
  if (numbers.empty())
    return Failure{ExitCode::BrokenFile, "`" + path + "` holds no numbers", ""};
  for (double number : numbers)
    if (!std::isfinite(number))
      return Failure{
          ExitCode::BrokenFile,
          "`" + path + "` holds a number that is infinite or none at all", ""};
  return numbers;
}

Expected<std::pair<double, double>>
snn::driver::parseRange(const std::string &text) {
  size_t dots = text.find("..");
  auto number = [](std::string_view part) -> double {
    while (!part.empty() && part.front() == ' ')
      part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ')
      part.remove_suffix(1);
    double value = 0;
    auto [end, code] =
        std::from_chars(part.data(), part.data() + part.size(), value);
    return code == std::errc() && end == part.data() + part.size() ? value
                                                                   : NAN;
  };
  double low = NAN, high = NAN;
  if (dots != std::string::npos) {
    low = number(std::string_view(text).substr(0, dots));
    high = number(std::string_view(text).substr(dots + 2));
  }
  if (!(low <= high) || !std::isfinite(low) || !std::isfinite(high))
    return Failure{ExitCode::Usage, "`--input-range " + text + "` is no range",
                   "the least and the greatest number: --input-range 0..1"};
  return std::pair(low, high);
}
