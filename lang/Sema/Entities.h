//===- Entities.h - What names stand for while a network is built -*- C++
//-*-===//
//
// Beside quantities, structures and experiments deal in populations, columns,
// tables and lists. A frame holds the names of one body; bodies nest.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_ENTITIES_H
#define SNN_LANG_SEMA_ENTITIES_H

#include "lang/Modules/Modules.h"
#include "lang/Sema/Types.h"

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace snn::lang {

struct Frame;

/// Neurons of a population, and the port, receptor, input or state of theirs
/// that is named behind a point.
struct PopulationRef {
  checked::Slice slice;
  ast::Name member;
  /// One row of a block of a grid, which no single slice describes.
  bool isRowOfBlock = false;
};

/// `table(a, b) { ... }`, evaluated.
struct TableValue {
  const ast::TableExpr *syntax = nullptr;
  /// rows x columns; columns are one where there is one axis.
  std::vector<std::vector<Typed>> values;
};

struct Entity {
  enum class Kind {
    Error,
    Quantity, // quantity: of known value, or of the time
    Populations,
    Column, // frame
    InPort, // frame and inPort
    Table,
    List,
    Text,
  } kind = Kind::Error;
  Typed quantity;
  std::vector<PopulationRef> populations;
  std::shared_ptr<Frame> frame;
  const ast::InPortStmt *inPort = nullptr;
  std::shared_ptr<TableValue> table;
  std::vector<Entity> list;
  /// Of a list that is an array of several axes.
  std::vector<uint64_t> extents;
  std::string text;
  /// Where it was declared.
  SourceRange range;

  bool isError() const { return kind == Kind::Error; }
};

/// One index of `E[0..99 step 10, 3]`.
struct AxisIndex {
  uint64_t first = 0, count = 1, stride = 1;
};

/// "a population", "a table".
std::string_view describe(Entity::Kind kind);

/// The middle of a column, and after which lengths space repeats itself there
/// (0: never), um.
struct Site {
  std::array<double, 3> middle{}, period{};
};

/// The names of one body: a network, a column, one turn of a loop.
struct Frame {
  /// What encloses it and is seen from it; null for structures.
  Frame *parent = nullptr;
  const Module *module = nullptr;
  /// "network `Brunel`".
  std::string description;
  /// Stands before the names of populations: "V1."; empty at the top.
  std::string prefix;
  /// Of an import: its ports with their sizes, and more.
  std::string summary;
  std::map<std::string, Entity> names;
  /// Names that are declared further down, for better messages.
  std::map<std::string, SourceRange> later;

  /// What `@storage` before the structure asks for all its connections.
  std::optional<checked::Storage> storage;

  /// Where the structure lies, if that is said.
  std::optional<Site> site;

  const Site *findSite() const {
    for (const Frame *frame = this; frame; frame = frame->parent)
      if (frame->site)
        return &*frame->site;
    return nullptr;
  }
  const checked::Storage *findStorage() const {
    for (const Frame *frame = this; frame; frame = frame->parent)
      if (frame->storage)
        return &*frame->storage;
    return nullptr;
  }
  const Entity *find(const std::string &name) const {
    for (const Frame *frame = this; frame; frame = frame->parent)
      if (auto found = frame->names.find(name); found != frame->names.end())
        return &found->second;
    return nullptr;
  }
};

} // namespace snn::lang

#endif // SNN_LANG_SEMA_ENTITIES_H
