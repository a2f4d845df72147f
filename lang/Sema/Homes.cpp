//===- Homes.cpp - Where the states of a rule live ------------------------===//
//
// A state depends on the source alone if its equation and all that `on pre`
// gives it read parameters, traces of the source and other such states, and if
// nothing else changes it. The largest set of which this holds is found by
// taking away states until it does.
//
// A follower of the source takes its changes after `on pre` has read it, so
// reads that stand behind a change get the changed value by substitution:
// `u += U*(1 - u); send w*u` sends w*(u + U*(1 - u)).
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Homes.h"

#include "lang/Sema/Reads.h"

#include <algorithm>
#include <map>
#include <set>

namespace snn::lang {

using namespace checked;

namespace {

using Home = PlasticityModel::Home;
using Event = PlasticityHandler::Event;

class Settling {
public:
  explicit Settling(PlasticityModel &model)
      : model(model), onPre(find(Event::Pre)) {}

  void run() {
    findCandidates();
    while (std::erase_if(ofSource, [&](unsigned state) {
      std::string why = reasonToStay(state);
      if (why.empty())
        return false;
      model.reasons[state] = std::move(why);
      return true;
    }))
      ;
    if (!ofSource.empty())
      move();
  }

private:
  PlasticityModel &model;
  PlasticityHandler *onPre;
  /// The states that may turn out to depend on the source alone.
  std::set<unsigned> ofSource;
  /// What the states of the source have become, over their values before.
  std::map<unsigned, ExprRef> become;
  /// Expressions with that, for subtrees are shared.
  std::map<const Expr *, ExprRef> replaced;

  /// Substitution shares subtrees, but code is written out.
  static constexpr unsigned maxSize = 1000;

  PlasticityHandler *find(Event event) {
    auto found =
        std::ranges::find(model.handlers, event, &PlasticityHandler::event);
    return found == model.handlers.end() ? nullptr : &*found;
  }

  void findCandidates() {
    std::set<unsigned> changing;
    for (const Equation &equation : model.equations)
      changing.insert(equation.state);
    if (onPre)
      forEachAssignment(onPre->body, [&](const Assignment &assignment) {
        changing.insert(assignment.state);
      });
    model.reasons.assign(model.states.size(), "it is the weight");
    for (unsigned i = 1; i < model.states.size(); ++i) {
      bool isTrace = model.homes[i] != Home::Synapse;
      model.reasons[i] = isTrace ? "it is a trace" : "nothing changes it";
      if (!isTrace && changing.contains(i))
        ofSource.insert(i);
    }
    for (const PlasticityModel::Sum &sum : model.sums)
      model.reasons[sum.into] = "it is a sum over synapses";
  }

  /// Empty, or what else the expression reads.
  std::string otherThanSource(const Expr &expr) const {
    std::string found;
    forEachRead(expr, model.lets, [&](const Expr &read) {
      switch (read.kind) {
      case ExprKind::Number:
      case ExprKind::Bool:
      case ExprKind::Param:
      case ExprKind::StepSize:
        return;
      case ExprKind::State:
        if (model.homes[read.index] != Home::Pre &&
            !ofSource.contains(read.index))
          found = "`" + model.states[read.index].name + "`";
        return;
      case ExprKind::Host:
        found = "`" + model.hosts[read.index].name + "` of the target";
        return;
      case ExprKind::Modulator:
        found = "`" + model.modulators[read.index].name + "`";
        return;
      default:
        found = "the time"; // of arrival, which the source does not know
      }
    });
    return found;
  }

  std::string reasonToStay(unsigned state) const {
    for (const StateBound &bound : model.bounds)
      if (bound.state == state)
        return "it has a bound";
    for (const Equation &equation : model.equations)
      if (equation.state == state)
        if (std::string read = otherThanSource(*equation.drift); !read.empty())
          return "its equation reads " + read;
    std::string why;
    for (const PlasticityHandler &handler : model.handlers) {
      bool isPre = handler.event == Event::Pre;
      forEachAssignment(handler.body, [&](const Assignment &assignment) {
        if (assignment.state != state || !why.empty())
          return;
        if (!isPre)
          why = handler.event == Event::Post ? "`on post` changes it"
                                             : "`every` changes it";
        else if (std::string read = otherThanSource(*assignment.value);
                 !read.empty())
          why = "what `on pre` gives it reads " + read;
      });
      for (const Statement &statement : handler.body)
        if (isPre && why.empty() && statement.conditional)
          forEachAssignment({&statement, 1}, [&](const Assignment &assignment) {
            if (assignment.state == state)
              why = "an `if` of `on pre` changes it";
          });
    }
    return why;
  }

  static bool countTo(unsigned limit, const Expr &expr, unsigned &size) {
    return ++size <= limit &&
           std::ranges::all_of(expr.operands, [&](const ExprRef &operand) {
             return countTo(limit, *operand, size);
           });
  }

  static bool isSmall(std::span<const Statement> body) {
    auto fits = [](const ExprRef &expr) {
      unsigned size = 0;
      return !expr || countTo(maxSize, *expr, size);
    };
    return std::ranges::all_of(body, [&](const Statement &statement) {
      if (statement.assignment)
        return fits(statement.assignment->value);
      if (statement.sent)
        return fits(statement.sent);
      return fits(statement.conditional->condition) &&
             isSmall(statement.conditional->thenBody) &&
             isSmall(statement.conditional->elseBody);
    });
  }

  /// The expression with what the states of the source have become.
  ExprRef current(const ExprRef &expr) {
    if (!expr || become.empty())
      return expr;
    auto [known, isNew] = replaced.emplace(expr.get(), nullptr);
    if (!isNew)
      return known->second;
    ExprRef result = replace(expr);
    replaced[expr.get()] = result;
    return result;
  }

  ExprRef replace(const ExprRef &expr) {
    if (expr->kind == ExprKind::State) {
      auto found = become.find(expr->index);
      return found == become.end() ? expr : found->second;
    }
    if (expr->kind == ExprKind::Let) {
      const ExprRef &named = model.lets[expr->index].value;
      ExprRef value = current(named);
      return value == named ? expr : value;
    }
    std::vector<ExprRef> operands;
    for (const ExprRef &operand : expr->operands)
      operands.push_back(current(operand));
    if (operands == expr->operands)
      return expr;
    auto made = std::make_shared<Expr>(*expr);
    made->operands = std::move(operands);
    return made;
  }

  /// The statements of `on pre` without those that move, which go to `moved`.
  std::vector<Statement> split(std::span<const Statement> body,
                               std::vector<Statement> &moved) {
    std::vector<Statement> kept;
    for (const Statement &statement : body) {
      Statement made = statement;
      if (made.assignment) {
        Assignment &assignment = *made.assignment;
        assignment.value = current(assignment.value);
        assignment.increment = current(assignment.increment);
        if (ofSource.contains(assignment.state)) {
          become[assignment.state] = assignment.value;
          replaced.clear();
          moved.push_back(statement);
          continue;
        }
      } else if (made.conditional) {
        Conditional &choice = *made.conditional;
        choice.condition = current(choice.condition);
        choice.thenBody = split(choice.thenBody, moved);
        choice.elseBody = split(choice.elseBody, moved);
      }
      made.sent = current(made.sent);
      kept.push_back(std::move(made));
    }
    return kept;
  }

  void move() {
    std::vector<Statement> moved;
    if (onPre) {
      std::vector<Statement> kept = split(onPre->body, moved);
      if (!isSmall(kept)) {
        for (unsigned state : ofSource)
          model.reasons[state] = "`on pre` would become too long without it";
        return;
      }
      onPre->body = std::move(kept);
    }
    for (unsigned state : ofSource) {
      model.homes[state] = Home::Pre;
      model.reasons[state] =
          "its equation and all that changes it depend on the source alone";
    }
    if (moved.empty())
      return;
    SourceRange range = onPre->range;
    if (onPre->body.empty())
      std::erase_if(model.handlers, [](const PlasticityHandler &handler) {
        return handler.event == Event::Pre;
      });
    // Before the traces, for what they add is read from the next spike on.
    PlasticityHandler *traces = find(Event::PreTrace);
    if (!traces) {
      model.handlers.push_back({Event::PreTrace, {}, nullptr, range});
      traces = &model.handlers.back();
    }
    traces->body.insert(traces->body.begin(),
                        std::make_move_iterator(moved.begin()),
                        std::make_move_iterator(moved.end()));
  }
};

} // namespace

void settleHomes(PlasticityModel &model) { Settling(model).run(); }

} // namespace snn::lang
