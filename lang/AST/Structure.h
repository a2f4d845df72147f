//===- Structure.h - Columns and networks -----------------------*- C++ -*-===//
//
// A structure declares populations and how they are connected; loops and
// conditions in it run once, while the network is built.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_AST_STRUCTURE_H
#define SNN_LANG_AST_STRUCTURE_H

#include "lang/AST/Stmt.h"

namespace snn::lang::ast {

enum class StructureKind { Column, Network };

/// `network Brunel(g = 5.0, N_E = 10_000) { … }`.
struct StructureDecl : Stmt {
  static constexpr Kind ClassKind = Kind::Structure;
  StructureDecl() : Stmt(ClassKind) {}

  StructureKind structure = StructureKind::Network;
  Name name;
  std::vector<Binding> parameters;
  /// Empty without `extends`.
  Name base;
  Block body;
};

enum class InstanceKind { Population, Column, Modulator };

/// `population E : LIF[800] { V ~ uniform(-65 mV, -50 mV) }, I : LIF[200]`,
/// `column V1 : Microcircuit(scale = 0.1)[4, 4] at grid(spacing = 1 mm)`,
/// `modulator dopamine : Dopamine`.
struct InstanceStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Instance;
  InstanceStmt() : Stmt(ClassKind) {}

  struct Instance {
    Name name;
    Instantiation model;
    /// Empty for one.
    std::vector<ExprPtr> sizes;
    SourceRange sizesRange;
    /// `at grid(…)`: where the elements lie; null without.
    ExprPtr placement;
    Settings settings;
    SourceRange range;
  };

  InstanceKind instance = InstanceKind::Population;
  std::vector<Instance> instances;
};

/// `import "net.onnx" as eye { calibrate = "images.npz"; levels = 15 }`: a
/// trained network as a column.
struct ImportStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Import;
  ImportStmt() : Stmt(ClassKind) {}

  /// A StringExpr.
  ExprPtr file;
  Name name;
  /// Targets are names.
  Settings options;
};

/// What `connect` and `in` share: the rule and the values.
struct Projection {
  ExprPtr target;
  /// After `by`.
  ExprPtr rule;
  /// After `where`: which pairs; null without.
  ExprPtr where;
  /// After `via`: plasticity rules.
  std::vector<Instantiation> plasticity;
  Settings settings;
};

/// `connect E -> [E, I] by indegree(C_E) via PairSTDP { weight = J }`.
struct ConnectStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Connect;
  ConnectStmt() : Stmt(ClassKind) {}

  ExprPtr source;
  Projection projection;
  /// From the source to the target: what messages call the projection.
  SourceRange arrowRange;
};

/// `disconnect Kick -> [E, I]`: the connections from these to those are not
/// made.
struct DisconnectStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Disconnect;
  DisconnectStmt() : Stmt(ClassKind) {}

  ExprPtr source, target;
};

/// `drive [E, I] by poisson(8 Hz) { weight = J }`, `drive E.I_ext by 500 pA`.
struct DriveStmt : Stmt {
  static constexpr Kind ClassKind = Kind::Drive;
  DriveStmt() : Stmt(ClassKind) {}

  ExprPtr target;
  /// A value as a function of the time `t`, or a stimulus such as `poisson`.
  ExprPtr stimulus;
  Settings settings;
};

/// `when E[1] within 20 ms after E[0] as paired { da.reward(0.5) }`.
struct WhenStmt : Stmt {
  static constexpr Kind ClassKind = Kind::When;
  WhenStmt() : Stmt(ClassKind) {}

  ExprPtr spikes;
  /// Null without `within`, both.
  ExprPtr window, after;
  /// Empty without `as`.
  Name name;
  /// A delay, and events.
  Block body;
};

/// `in thalamus -> [L4E, L4I].syn by probability(0.1) { … }`.
struct InPortStmt : Stmt {
  static constexpr Kind ClassKind = Kind::InPort;
  InPortStmt() : Stmt(ClassKind) {}

  Name name;
  Projection projection;
};

/// `out L23E`, `out excitatory = [L23E, L5E]`.
struct OutPortStmt : Stmt {
  static constexpr Kind ClassKind = Kind::OutPort;
  OutPortStmt() : Stmt(ClassKind) {}

  struct Port {
    Name name;
    /// Null where the port is the population of that name.
    ExprPtr value;
    SourceRange range;
  };
  std::vector<Port> ports;
};

/// `for (t, s, q) in p where q > 0 { … }`, `for i in 0..9 { … }`.
struct ForStmt : Stmt {
  static constexpr Kind ClassKind = Kind::For;
  ForStmt() : Stmt(ClassKind) {}

  std::vector<Name> variables;
  /// A table, a list or a RangeExpr.
  ExprPtr sequence;
  /// Null without `where`.
  ExprPtr where;
  Block body;
};

const char *spelling(StructureKind kind);
const char *spelling(InstanceKind kind);

} // namespace snn::lang::ast

#endif // SNN_LANG_AST_STRUCTURE_H
