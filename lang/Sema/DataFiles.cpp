//===- DataFiles.cpp - Values, pairs and trains from files ----------------===//
//
// `load("v0.npy", unit = 1 mV)`. Files are read while the network is built, so
// that what does not fit is said where it is named, with both sizes. They stand
// beneath the folder of the text that names them, like what it uses.
//
//===----------------------------------------------------------------------===//
#include "lang/Data/Table.h"
#include "lang/Sema/Elaborator.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace snn::lang {

using namespace checked;
namespace fs = std::filesystem;

const ast::CallExpr *Elaborator::asLoad(const ast::Expr &expr) const {
  const auto *call = ast::dynCast<ast::CallExpr>(&expr);
  return call && sourceText(call->callee->range, diagnostics) == "load"
             ? call
             : nullptr;
}

/// "12 numbers", "3 x 4 numbers".
static std::string shapeOf(const Table &table) {
  if (table.columns == 1)
    return toMessage(Count(table.rows)) +
           (table.rows == 1 ? " number" : " numbers");
  return toMessage(Count(table.rows)) + " x " +
         toMessage(Count(table.columns)) + " numbers";
}

std::optional<Elaborator::DataFile> Elaborator::load(const ast::CallExpr &call,
                                                     const Dimension &needed) {
  const ast::Argument *unit = nullptr;
  const ast::StringExpr *text = nullptr;
  for (const ast::Argument &argument : call.arguments) {
    if (argument.name.text == "unit" && !unit)
      unit = &argument;
    else if (argument.name.empty() && !text)
      text = ast::dynCast<ast::StringExpr>(argument.value.get());
  }
  if (!text || call.arguments.size() != (unit ? 2u : 1u)) {
    diagnostics
        .report(diag::WrongArgumentCount, call.range, "load", argumentCount(1),
                Count(call.arguments.size()))
        .note("load(\"file.npy\"), load(\"file.csv\", unit = 1 mV)");
    return std::nullopt;
  }
  DataFile file;
  file.name = text->value;
  if (unit) {
    std::optional<double> scale = number(*unit->value, "the unit", needed);
    if (!scale)
      return std::nullopt;
    file.unit = *scale;
  }
  if (!unit && !needed.isNone()) {
    diagnostics
        .report(diag::DataWithoutUnit, call.range, text->value,
                withArticle(needed))
        .suggest("say what a 1 in the file means", call.range,
                 "load(\"" + text->value + "\", unit = 1 " + needed.unit() +
                     ")");
    return std::nullopt;
  }
  fs::path relative = text->value;
  bool isInside = relative.is_relative() &&
                  std::ranges::find(relative, "..") == relative.end();
  std::string error = "it does not stand beneath the folder of the model";
  std::optional<Table> table;
  if (isInside)
    table = readTable((frame->module->folder / relative).string(), error);
  if (!table) {
    diagnostics.report(diag::DataFileFault, text->range, text->value, error);
    return std::nullopt;
  }
  file.table = std::move(*table);
  if (std::ranges::all_of(file.table.values,
                          [](double value) { return std::isfinite(value); }))
    return file;
  diagnostics.report(diag::DataFileFault, text->range, text->value,
                     "it holds a value that is infinite or not a number");
  return std::nullopt;
}

std::optional<Value> Elaborator::loadValue(const ast::CallExpr &call,
                                           std::string_view what,
                                           const Dimension &needed,
                                           uint64_t elements) {
  std::optional<DataFile> file = load(call, needed);
  if (!file)
    return std::nullopt;
  uint64_t count = file->table.values.size();
  if (elements && count != elements) {
    diagnostics
        .report(diag::WrongLength, call.range, Count(count), std::string(what),
                Count(elements))
        .at("`" + file->name + "` holds " + shapeOf(file->table) + "; " +
            toMessage(Count(elements)) + " are needed");
    return std::nullopt;
  }
  Value result;
  result.kind = Value::Kind::Data;
  result.dimension = needed;
  result.range = call.range;
  result.data = std::move(file->table.values);
  for (double &element : result.data)
    element *= file->unit;
  return result;
}

/// A neuron's index in a file: whole, and one that the slice has.
bool Elaborator::isNeuron(double index, const Slice &slice, uint64_t row,
                          const DataFile &file, SourceRange place) {
  if (index >= 0 && index < static_cast<double>(slice.size()) &&
      index == std::floor(index))
    return true;
  diagnostics
      .report(diag::IndexOutside, place,
              network.populations[slice.population].path, formatNumber(index),
              Count(slice.size()), "neurons")
      .at("in row " + toMessage(Count(row + 1)) + " of `" + file.name +
          "`; valid: 0.." + std::to_string(slice.size() - 1));
  return false;
}

bool Elaborator::hasTwoColumns(const DataFile &file, SourceRange place,
                               std::string_view columns) {
  if (file.table.columns == 2 || file.table.rows == 0)
    return true;
  diagnostics.report(diag::DataFileFault, place, file.name,
                     "it holds " + shapeOf(file.table) +
                         ", but two columns are needed, " +
                         std::string(columns));
  return false;
}

bool Elaborator::loadPairs(const ast::CallExpr &call, const Slice &source,
                           const Slice &target, Rule &rule) {
  std::optional<DataFile> file = load(call, Dimension::none());
  if (!file || !hasTwoColumns(*file, call.range, "source and target"))
    return false;
  for (uint64_t row = 0; row < file->table.rows; ++row) {
    double from = file->table.at(row, 0), to = file->table.at(row, 1);
    if (!isNeuron(from, source, row, *file, call.range) ||
        !isNeuron(to, target, row, *file, call.range))
      return false;
    rule.pairs.push_back(
        {static_cast<uint64_t>(from), static_cast<uint64_t>(to)});
  }
  return true;
}

bool Elaborator::loadTrains(const ast::CallExpr &call, Population &population) {
  std::optional<DataFile> file = load(call, Dimension::time());
  if (!file || !hasTwoColumns(*file, call.range, "time and neuron"))
    return false;
  uint64_t size = population.size;
  population.trains.assign(size, {});
  for (uint64_t row = 0; row < file->table.rows; ++row) {
    double time = file->table.at(row, 0) * file->unit;
    double neuron = file->table.at(row, 1);
    if (time < 0 || neuron < 0 || neuron >= static_cast<double>(size) ||
        neuron != std::floor(neuron)) {
      diagnostics.report(diag::DataFileFault, call.range, file->name,
                         "row " + toMessage(Count(row + 1)) +
                             " is no spike of `" + population.path +
                             "`, which has " + toMessage(Count(size)) +
                             (size == 1 ? " neuron" : " neurons"));
      return false;
    }
    population.trains[static_cast<size_t>(neuron)].push_back(time);
  }
  for (std::vector<double> &train : population.trains)
    std::ranges::sort(train);
  return true;
}

} // namespace snn::lang
