//===- Members.h - What a model consists of, inherited or own ---*- C++ -*-===//
//
// `extends` is resolved here, before anything else is looked at: a model
// becomes one flat list of members, each with the module whose names it sees.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_MEMBERS_H
#define SNN_LANG_SEMA_MEMBERS_H

#include "lang/Modules/Modules.h"

namespace snn::lang {

struct Member {
  enum class Kind {
    Param,
    Input,
    Host,
    Source,
    Sum,
    Receptor,
    State,
    Let,
    Equation,
    Port,
    Handler,
    Spike,
    Trace,
    Bound,
    Periodic,
    Other,
  };
  Kind kind = Kind::Other;
  /// The declared name; "V'" for the equation of V, "spike" for the spike rule,
  /// "on spike" for a handler, "bound w" for a bound, "pre.V" for what is read
  /// of sources.
  std::string name;
  SourceRange range;
  const ast::Stmt *statement = nullptr;
  /// For parameters, inputs, hosts, states, lets.
  const ast::Binding *binding = nullptr;
  const ast::ReceptorStmt::Receptor *receptor = nullptr;
  const Module *module = nullptr;
  /// Where the base declares what this overrides.
  SourceRange overridden;
  /// Declared twice, which was reported: what it is, is not known.
  bool isDisputed = false;
};

/// All members of a model, those of its bases first; what it overrides stands
/// in the place of what is overridden. Reports names declared twice, missing
/// and needless `override`s and bases that do not exist.
std::vector<Member> membersOf(const Declared &model,
                              DiagnosticEngine &diagnostics);

/// Of a model and its bases.
std::vector<const ast::Attribute *> attributesOf(const Declared &model);

} // namespace snn::lang

#endif // SNN_LANG_SEMA_MEMBERS_H
