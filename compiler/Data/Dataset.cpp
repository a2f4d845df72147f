//===- Dataset.cpp - Examples, and what they are examples of ----*- C++ -*-===//
//
// idx and npy are parsed here, by decoders that check every size; what is
// compressed is unpacked in a process of its own first.
//
//===----------------------------------------------------------------------===//
#include "compiler/Data/Dataset.h"

#include "compiler/Data/Idx.h"
#include "compiler/Data/Unpack.h"
#include "compiler/Import/Process/Reader.h"
#include "compiler/Results/MappedFile.h"
#include "compiler/Results/Npy.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

using namespace snn;
using namespace snn::data;
using process::shown;
using results::ExitCode;
using results::Expected;
using results::Failure;
namespace fs = std::filesystem;

namespace {

Failure broken(const std::string &name, const std::string &why) {
  return {ExitCode::BrokenFile, "`" + shown(name) + "` " + why, ""};
}

/// A tensor of a file; pixels go from 0 to 255 there.
struct Array {
  std::vector<uint64_t> shape;
  std::vector<float> numbers;
  bool isPixels = false;
};

Expected<Array> parseArray(std::string_view bytes, const std::string &name) {
  if (beginsAsIdx(bytes)) {
    Expected<IdxArray> idx = parseIdx(bytes, shown(name));
    if (!idx)
      return idx.failure();
    return Array{std::move(idx->shape), std::move(idx->numbers), idx->isBytes};
  }
  Expected<results::NpyArray> npy =
      results::parseNpy(bytes, "`" + shown(name) + "`");
  if (!npy)
    return npy.failure();
  if (npy->size() > MostNumbers)
    return broken(name, "holds more than " + std::to_string(MostNumbers) +
                            " numbers");
  std::vector<double> numbers = npy->toDoubles();
  return Array{npy->shape, {numbers.begin(), numbers.end()}, false};
}

Expected<std::vector<Member>> membersOf(const std::string &path) {
  return unpack({{fs::path(path).filename(), path}}, path);
}

/// The file's array; the file is unpacked first if it is compressed.
Expected<Array> readArray(const std::string &path) {
  auto file = results::MappedFile::open(path);
  if (!file)
    return file.failure();
  std::string_view bytes = (*file)->bytes();
  if (!bytes.starts_with("\x1f\x8b"))
    return parseArray(bytes, path);
  Expected<std::vector<Member>> members = membersOf(path);
  if (!members)
    return members.failure();
  return parseArray(members->front().bytes, path);
}

std::optional<Failure> setLabels(Dataset &set, const Array &labels,
                                 const std::string &name) {
  if (labels.numbers.size() != set.count)
    return broken(name, "has " + std::to_string(labels.numbers.size()) +
                            " labels for " + std::to_string(set.count) +
                            " examples");
  for (float label : labels.numbers) {
    // 2^24: whole numbers below are exact in f32.
    if (!(label >= 0 && label < 16777216 && label == std::floor(label)))
      return broken(name, "has a label that is no whole number from 0 to "
                          "16777215");
    set.labels.push_back(static_cast<uint32_t>(label));
  }
  return std::nullopt;
}

/// Of each example, the numbers as a matrix of so many rows.
void transpose(Dataset &set, uint64_t rows) {
  uint64_t width = set.width(), columns = width / rows;
  std::vector<float> moved(set.numbers.size());
  for (uint64_t k = 0, at = 0; k < set.count; ++k)
    for (uint64_t row = 0; row < rows; ++row)
      for (uint64_t column = 0; column < columns; ++column)
        moved[k * width + column * rows + row] = set.numbers[at++];
  set.numbers = std::move(moved);
}

Expected<Dataset> fromArray(Array array, const std::string &name) {
  Dataset set;
  set.name = name;
  if (array.numbers.empty() || array.shape.empty())
    return broken(name, "holds no numbers");
  set.count = array.shape[0];
  set.shape.assign(array.shape.begin() + 1, array.shape.end());
  set.numbers = std::move(array.numbers);
  if (array.isPixels)
    for (float &number : set.numbers)
      number /= 255;
  return set;
}

/// "train-images-idx3-ubyte.gz" to "train-labels-idx1-ubyte.gz".
std::optional<fs::path> labelsBeside(const fs::path &path) {
  std::string name = path.filename();
  for (auto [images, labels] :
       {std::pair("images", "labels"), std::pair("idx3", "idx1")}) {
    size_t at = name.find(images);
    if (at == std::string::npos)
      return std::nullopt;
    name.replace(at, std::string_view(images).size(), labels);
  }
  fs::path beside = path.parent_path() / name;
  std::error_code ignored;
  if (!fs::exists(beside, ignored))
    return std::nullopt;
  return beside;
}

Expected<Dataset> readSingle(const std::string &path) {
  Expected<Array> array = readArray(path);
  if (!array)
    return array.failure();
  Expected<Dataset> set = fromArray(std::move(*array), path);
  std::optional<fs::path> labels = labelsBeside(path);
  if (!set || !labels)
    return set;
  Expected<Array> labelArray = readArray(*labels);
  if (!labelArray)
    return labelArray.failure();
  if (std::optional<Failure> failure = setLabels(*set, *labelArray, *labels))
    return *failure;
  return set;
}

/// FILE.npz, and the part of it that is meant.
std::optional<std::pair<std::string, std::string>>
archiveOf(const std::string &spec) {
  size_t at = spec.rfind(".npz");
  if (at == std::string::npos)
    return std::nullopt;
  size_t end = at + 4;
  if (end == spec.size())
    return std::pair(spec, std::string());
  if (spec[end] != ':')
    return std::nullopt;
  return std::pair(spec.substr(0, end), spec.substr(end + 1));
}

Expected<Dataset> readArchive(const std::string &path,
                              const std::string &part) {
  auto file = results::MappedFile::open(path);
  if (!file)
    return file.failure();
  if (!isPacked((*file)->bytes()))
    return broken(path, "is no zip archive");
  Expected<std::vector<Member>> members = membersOf(path);
  if (!members)
    return members.failure();
  auto find = [&](const std::string &name) -> const Member * {
    for (const Member &member : *members)
      if (member.name == name + ".npy")
        return &member;
    return nullptr;
  };
  // As Keras and as MedMNIST call them.
  const Member *examples = nullptr, *labels = nullptr;
  for (auto [x, y] : {std::pair("x", "y"), std::pair("images", "labels")}) {
    if (examples)
      break;
    examples = find(part.empty() ? x : x + ("_" + part));
    labels = find(part.empty() ? y : y + ("_" + part));
    if (examples || part.empty())
      continue;
    examples = find(part + "_" + x);
    labels = find(part + "_" + y);
  }
  if (!examples && part.empty() && members->size() == 1)
    examples = &members->front();
  if (!examples)
    return Failure{
        ExitCode::BrokenFile,
        "`" + shown(path) + "` has no array of examples" +
            (part.empty() ? "" : " called `" + shown(part) + "`"),
        "arrays are `x` and `y`, or `images` and `labels`; FILE.npz:test takes "
        "`x_test` and `y_test`"};
  Expected<Array> array = parseArray(examples->bytes, path);
  if (!array)
    return array.failure();
  Expected<Dataset> set = fromArray(std::move(*array), path);
  if (!set || !labels)
    return set;
  Expected<Array> labelArray = parseArray(labels->bytes, path);
  if (!labelArray)
    return labelArray.failure();
  if (std::optional<Failure> failure = setLabels(*set, *labelArray, path))
    return *failure;
  return set;
}

/// What stands in a folder, by name; numbers by their size.
Expected<std::vector<fs::path>>
sorted(const fs::path &folder, bool (*isMeant)(const fs::directory_entry &)) {
  std::error_code error;
  std::vector<std::pair<uint64_t, fs::path>> entries;
  bool areNumbers = true;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!isMeant(*entry))
      continue;
    std::string stem = entry->path().stem();
    bool isNumber = !stem.empty() && stem.size() <= 18 &&
                    stem.find_first_not_of("0123456789") == std::string::npos;
    areNumbers &= isNumber;
    entries.emplace_back(isNumber ? std::stoull(stem) : 0, entry->path());
  }
  if (error)
    return Failure{ExitCode::NoInput,
                   "cannot read `" + shown(folder) + "`: " + error.message(),
                   ""};
  std::vector<fs::path> paths;
  if (!areNumbers)
    for (auto &[number, path] : entries)
      number = 0;
  std::sort(entries.begin(), entries.end());
  for (auto &[number, path] : entries)
    paths.push_back(std::move(path));
  return paths;
}

bool isFolder(const fs::directory_entry &entry) {
  std::error_code ignored;
  return entry.is_directory(ignored);
}

bool isImage(const fs::directory_entry &entry) {
  std::string kind = entry.path().extension();
  std::transform(kind.begin(), kind.end(), kind.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return kind == ".png";
}

/// A folder is a class, or all images are of none.
Expected<Dataset> readImages(const std::string &path) {
  Dataset set;
  set.name = path;
  std::vector<PackedFile> files;
  auto addImages = [&](const fs::path &folder) -> std::optional<Failure> {
    Expected<std::vector<fs::path>> images = sorted(folder, isImage);
    if (!images)
      return images.failure();
    for (const fs::path &image : *images)
      files.push_back({image.lexically_relative(path), image});
    return std::nullopt;
  };
  Expected<std::vector<fs::path>> folders = sorted(path, isFolder);
  if (!folders)
    return folders.failure();
  for (const fs::path &folder : *folders) {
    if (std::optional<Failure> failure = addImages(folder))
      return *failure;
    set.labels.resize(files.size(), static_cast<uint32_t>(set.classes.size()));
    set.classes.push_back(shown(folder.filename()));
  }
  if (files.empty()) {
    set.classes.clear();
    if (std::optional<Failure> failure = addImages(path))
      return *failure;
  }
  if (files.empty())
    return Failure{ExitCode::NoInput,
                   "`" + shown(path) + "` holds no PNG images",
                   "images stand in it, or in a folder for each class"};
  Expected<std::vector<Member>> members = unpack(files, path);
  if (!members)
    return members.failure();
  for (const Member &member : *members) {
    Expected<Array> image = parseArray(member.bytes, member.name);
    if (!image)
      return image.failure();
    if (&member == &members->front())
      set.shape = image->shape;
    if (image->shape != set.shape)
      return Failure{ExitCode::BrokenFile,
                     "image `" + shown(member.name) + "` of `" + shown(path) +
                         "` has another size or other channels than the first",
                     "all images of a data set have the same"};
    for (float pixel : image->numbers)
      set.numbers.push_back(pixel / 255);
  }
  set.count = members->size();
  if (set.shape.size() == 3) {
    transpose(set, set.shape[0] * set.shape[1]);
    set.shape = {set.shape[2], set.shape[0], set.shape[1]};
  }
  return set;
}

std::optional<Failure> normalize(Dataset &set, const Normalization &given) {
  size_t parts = std::max(given.mean.size(), given.deviation.size());
  for (double mean : given.mean)
    if (!std::isfinite(mean))
      return Failure{ExitCode::Usage, "a mean is no number", ""};
  for (double deviation : given.deviation)
    if (!(deviation > 0) || !std::isfinite(deviation))
      return Failure{ExitCode::Usage, "a standard deviation is not positive",
                     ""};
  for (const auto *list : {&given.mean, &given.deviation})
    if (list->size() > 1 && list->size() != parts)
      return Failure{
          ExitCode::Usage,
          "there are " + std::to_string(given.mean.size()) + " means and " +
              std::to_string(given.deviation.size()) + " standard deviations",
          "one for all channels, or one for each"};
  if (parts > 1 && (set.shape.empty() || set.shape[0] != parts))
    return Failure{ExitCode::ModelErrors,
                   "there are " + std::to_string(parts) +
                       " means or standard deviations, but the examples of `" +
                       shown(set.name) + "` have no " + std::to_string(parts) +
                       " channels",
                   "one for all channels, or one for each"};
  uint64_t plane = set.width() / std::max<size_t>(parts, 1);
  auto at = [](const std::vector<double> &list, uint64_t i, double otherwise) {
    return list.empty() ? otherwise : list[list.size() == 1 ? 0 : i];
  };
  for (uint64_t i = 0; parts != 0 && i < set.numbers.size(); ++i) {
    uint64_t channel = i % set.width() / plane;
    set.numbers[i] = static_cast<float>(
        (static_cast<double>(set.numbers[i]) - at(given.mean, channel, 0)) /
        at(given.deviation, channel, 1));
    if (!std::isfinite(set.numbers[i]))
      return Failure{ExitCode::Usage,
                     "by mean and standard deviation a number of `" +
                         shown(set.name) + "` becomes infinite",
                     ""};
  }
  return std::nullopt;
}

} // namespace

uint64_t Dataset::width() const {
  uint64_t product = 1;
  for (uint64_t size : shape)
    product *= size;
  return product;
}

void Dataset::thin(uint64_t most) {
  if (count <= most)
    return;
  uint64_t each = width();
  for (uint64_t k = 0; k < most; ++k) {
    uint64_t from = k * count / most;
    std::copy_n(numbers.begin() + static_cast<ptrdiff_t>(from * each), each,
                numbers.begin() + static_cast<ptrdiff_t>(k * each));
    if (!labels.empty())
      labels[k] = labels[from];
  }
  numbers.resize(most * each);
  labels.resize(labels.empty() ? 0 : most);
  count = most;
}

Expected<Dataset> snn::data::readDataset(const std::string &spec,
                                         const Normalization &normalization) {
  std::error_code ignored;
  auto archive = archiveOf(spec);
  Expected<Dataset> set = fs::is_directory(spec, ignored) ? readImages(spec)
                          : archive
                              ? readArchive(archive->first, archive->second)
                              : readSingle(spec);
  if (!set)
    return set;
  if (set->numbers.size() != set->count * set->width())
    return broken(spec, "holds no whole number of examples");
  for (float number : set->numbers)
    if (!std::isfinite(number))
      return broken(spec, "holds a number that is infinite or none at all");
  if (std::optional<Failure> failure = normalize(*set, normalization))
    return *failure;
  return set;
}

std::optional<Failure> snn::data::fit(Dataset &set,
                                      const std::vector<int64_t> &input,
                                      const std::string &inputName) {
  uint64_t width = 1;
  for (int64_t size : input)
    width *= static_cast<uint64_t>(size);
  auto listed = [](const auto &sizes) {
    std::string text;
    for (auto size : sizes)
      text += (text.empty() ? "" : " x ") + std::to_string(size);
    return text.empty() ? "one number" : text;
  };
  // Rows of numbers, all behind one another, have no shape of their own.
  if (set.shape.empty() && set.labels.empty() && set.count % width == 0) {
    set.count /= width;
    set.shape = {width};
  }
  if (set.width() != width)
    return Failure{
        ExitCode::ModelErrors,
        "examples of `" + shown(set.name) + "` are " + listed(set.shape) +
            ", but the input `" + shown(inputName) + "` is " +
            listed(std::vector(input.begin() + (input.size() > 1 ? 1 : 0),
                               input.end())),
        "each example has the shape of the input"};
  if (set.shape.size() != 3 || input.size() != 4)
    return std::nullopt;
  auto is = [&](size_t a, size_t b, size_t c) {
    return static_cast<uint64_t>(input[1]) == set.shape[a] &&
           static_cast<uint64_t>(input[2]) == set.shape[b] &&
           static_cast<uint64_t>(input[3]) == set.shape[c];
  };
  if (is(0, 1, 2) || !is(1, 2, 0))
    return std::nullopt;
  transpose(set, set.shape[0]);
  set.shape = {set.shape[1], set.shape[2], set.shape[0]};
  return std::nullopt;
}
