//===- Members.cpp - What a model consists of, inherited or own -----------===//
//
// The chain of bases is walked from its root; each model adds its own members
// to the list that it inherits.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Members.h"

#include "lang/Diagnostics/Suggest.h"

#include <algorithm>

namespace snn::lang {

using namespace ast;

/// The members that one model writes down itself.
static std::vector<Member> ownMembers(const ModelDecl &model,
                                      const Module *module) {
  std::vector<Member> members;
  auto addBindings = [&](Member::Kind kind, const auto &statement) {
    for (const Binding &binding : statement.bindings)
      members.push_back({kind,
                         binding.name.text,
                         binding.name.range,
                         &statement,
                         &binding,
                         nullptr,
                         module,
                         {},
                         false});
  };
  auto add = [&](Member::Kind kind, std::string name, SourceRange range,
                 const Stmt &statement) {
    members.push_back({kind,
                       std::move(name),
                       range,
                       &statement,
                       nullptr,
                       nullptr,
                       module,
                       {},
                       false});
  };
  for (const StmtPtr &statement : model.body.statements) {
    switch (statement->kind) {
    case Stmt::Kind::Param:
      addBindings(Member::Kind::Param, cast<ParamStmt>(*statement));
      break;
    case Stmt::Kind::Input:
      addBindings(Member::Kind::Input, cast<InputStmt>(*statement));
      break;
    case Stmt::Kind::Host:
      addBindings(Member::Kind::Host, cast<HostStmt>(*statement));
      break;
    case Stmt::Kind::Source: {
      const auto &source = cast<SourceStmt>(*statement);
      for (const Binding &binding : source.bindings) {
        add(Member::Kind::Source, "pre." + binding.name.text,
            binding.name.range, source);
        members.back().binding = &binding;
      }
      break;
    }
    case Stmt::Kind::Sum: {
      const auto &sum = cast<SumStmt>(*statement);
      add(Member::Kind::Sum, sum.name.text, sum.name.range, sum);
      break;
    }
    case Stmt::Kind::State:
      addBindings(Member::Kind::State, cast<StateStmt>(*statement));
      break;
    case Stmt::Kind::Let:
      addBindings(Member::Kind::Let, cast<LetStmt>(*statement));
      break;
    case Stmt::Kind::Receptor:
      for (const auto &receptor : cast<ReceptorStmt>(*statement).receptors)
        members.push_back({Member::Kind::Receptor,
                           receptor.name.text,
                           receptor.name.range,
                           statement.get(),
                           nullptr,
                           &receptor,
                           module,
                           {},
                           false});
      break;
    case Stmt::Kind::Equation: {
      const auto &equation = cast<EquationStmt>(*statement);
      add(Member::Kind::Equation, equation.variable.text + "'",
          equation.derivativeRange, equation);
      break;
    }
    case Stmt::Kind::Port: {
      const auto &port = cast<PortStmt>(*statement);
      add(Member::Kind::Port, port.name.text, port.name.range, port);
      break;
    }
    case Stmt::Kind::Handler: {
      const auto &handler = cast<HandlerStmt>(*statement);
      add(Member::Kind::Handler, "on " + handler.event.text,
          handler.event.range, handler);
      break;
    }
    case Stmt::Kind::Spike:
      add(Member::Kind::Spike, "spike", statement->keyword, *statement);
      break;
    case Stmt::Kind::Trace: {
      const auto &trace = cast<TraceStmt>(*statement);
      add(Member::Kind::Trace, trace.binding.name.text,
          trace.binding.name.range, trace);
      members.back().binding = &trace.binding;
      break;
    }
    case Stmt::Kind::Bound: {
      const auto &bound = cast<BoundStmt>(*statement);
      add(Member::Kind::Bound, "bound " + bound.variable.text,
          bound.variable.range, bound);
      break;
    }
    case Stmt::Kind::Periodic:
      add(Member::Kind::Periodic, {}, statement->keyword, *statement);
      break;
    default:
      add(Member::Kind::Other, {}, statement->keyword, *statement);
      break;
    }
  }
  return members;
}

static SourceRange overrideRange(const Member &member) {
  switch (member.kind) {
  case Member::Kind::Let:
  case Member::Kind::Other:
    return {};
  default:
    return static_cast<const MemberStmt *>(member.statement)->overrideRange;
  }
}

namespace {

class Flattening {
public:
  explicit Flattening(DiagnosticEngine &diagnostics)
      : diagnostics(diagnostics) {}

  std::vector<Member> run(const Declared &declared) {
    const auto &model = cast<ModelDecl>(*declared.declaration);
    chain.push_back(&model);
    std::vector<Member> members;
    if (!model.base.empty())
      members = inherited(model, *declared.module);
    size_t inheritedCount = members.size();
    for (Member &member : ownMembers(model, declared.module))
      add(members, inheritedCount, std::move(member), model);
    return members;
  }

private:
  DiagnosticEngine &diagnostics;
  std::vector<const ModelDecl *> chain;

  std::vector<Member> inherited(const ModelDecl &model, const Module &module) {
    Declared base = module.find(model.base.text);
    const auto *decl = dynCast<ModelDecl>(base.declaration);
    std::string kind = std::string(spelling(model.model)) + " model";
    if (!base) {
      std::vector<std::string> names;
      for (const auto &[name, known] : module.names)
        if (const auto *other = dynCast<ModelDecl>(known.declaration);
            other && other->model == model.model && other != &model)
          names.push_back(name);
      Diagnostic &message = diagnostics.report(
          diag::UnknownModel, model.base.range, kind, model.base.text);
      if (auto meant = nearest(model.base.text, names))
        message.at("did you mean `" + *meant + "`?")
            .fix("replace the name", model.base.range, *meant);
      else
        message.note("models in scope: " + joinNames(names));
      return {};
    }
    if (!decl || decl->model != model.model) {
      diagnostics
          .report(diag::WrongDeclaration, model.base.range, model.base.text,
                  "no " + kind, "a " + kind)
          .label(nameOf(*base.declaration).range, "declared here");
      return {};
    }
    if (std::ranges::find(chain, decl) != chain.end()) {
      diagnostics.report(diag::InheritanceLoop, model.base.range,
                         model.base.text);
      return {};
    }
    return run(base);
  }

  void add(std::vector<Member> &members, size_t inheritedCount, Member member,
           const ModelDecl &model) {
    auto same = std::ranges::find_if(members, [&](const Member &other) {
      return !member.name.empty() && other.name == member.name;
    });
    SourceRange marked = overrideRange(member);
    if (same == members.end()) {
      if (marked.isValid())
        diagnostics
            .report(diag::NeedlessOverride, marked, member.name,
                    model.base.empty() ? std::string("no model is extended")
                                       : "`" + model.base.text + "` has none")
            .fix("remove `override`", marked, "");
      members.push_back(std::move(member));
      return;
    }
    bool isInherited =
        static_cast<size_t>(same - members.begin()) < inheritedCount &&
        same->module;
    bool isOwn = false;
    for (const StmtPtr &statement : model.body.statements)
      isOwn |= statement.get() == same->statement;
    if (!isInherited || isOwn || member.kind == Member::Kind::Let) {
      diagnostics
          .report(diag::DuplicateName, member.range, member.name,
                  std::string(spelling(model.model)) + " `" + model.name.text +
                      "`")
          .label(same->range, "first declared here");
      same->isDisputed = true;
      return;
    }
    if (!marked.isValid()) {
      diagnostics
          .report(diag::MissingOverride, member.range, member.name,
                  model.base.text)
          .label(same->range, "inherited from here")
          .fix("say that it is meant",
               {member.range.buffer, member.statement->range.begin,
                member.statement->range.begin},
               "override ");
    }
    member.overridden = same->range;
    *same = std::move(member);
  }
};

} // namespace

std::vector<Member> membersOf(const Declared &model,
                              DiagnosticEngine &diagnostics) {
  return Flattening(diagnostics).run(model);
}

std::vector<const Attribute *> attributesOf(const Declared &model) {
  std::vector<const Attribute *> result;
  Declared current = model;
  // A loop of bases was reported; here it only has to end.
  for (unsigned depth = 0; current && depth < 64; ++depth) {
    const auto *decl = dynCast<ModelDecl>(current.declaration);
    if (!decl)
      break;
    for (const Attribute &attribute : decl->attributes) {
      bool isOverridden = std::ranges::any_of(result, [&](const auto *other) {
        return other->name.text == attribute.name.text;
      });
      if (!isOverridden)
        result.push_back(&attribute);
    }
    current =
        decl->base.empty() ? Declared() : current.module->find(decl->base.text);
  }
  return result;
}

} // namespace snn::lang
