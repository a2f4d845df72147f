//===- Plasticity.cpp - Rules to the spiking dialect ------------*- C++ -*-===//
//
// A rule becomes one `spiking.plasticity` and a cell for each side on which it
// has states; a projection that changes by it, the populations of these cells
// and one `spiking.plastic`.
//
//===----------------------------------------------------------------------===//
#include "compiler/MLIRGen/Generator.h"
#include "dialects/Spiking/IR/Rewire.h"
#include "dialects/Spiking/IR/RuleSums.h"

using namespace mlir;
using namespace snn;
using namespace snn::mlirgen;
namespace checked = snn::lang::checked;

using Event = checked::PlasticityHandler::Event;
using Home = checked::PlasticityModel::Home;

static bool hasStatesAt(const checked::PlasticityModel &rule, Home home) {
  return llvm::is_contained(rule.homes, home);
}

static std::string followerName(StringRef of, Home home) {
  return (of + (home == Home::Pre ? ".pre" : ".post")).str();
}

/// Parameters are those of the rule; of states and equations, those that live
/// there.
void Generator::emitRuleDynamics(const checked::PlasticityModel &rule,
                                 Names names) {
  checked::Dynamics own;
  own.params = rule.params;
  emitDynamics(own, names);
  for (auto [state, home] : llvm::zip_equal(rule.states, rule.homes)) {
    if (home != names.home || !state.initial)
      continue;
    auto op = spiking::StateOp::create(builder, loc(state.range), state.name,
                                       state.dimension.unit());
    yieldExpression(op.getInit(), *state.initial, names);
  }
  for (const checked::Equation &equation : rule.equations) {
    if (rule.homes[equation.state] != names.home)
      continue;
    auto op = spiking::EquationOp::create(builder, loc(equation.range),
                                          rule.states[equation.state].name);
    yieldExpression(op.getDerivative(), *equation.drift, names);
  }
}

void Generator::emitFollower(const checked::PlasticityModel &rule, Home home) {
  Names names{&rule, nullptr, nullptr, &program, &rule, home};
  auto op = spiking::NeuronOp::create(builder, loc(rule.range),
                                      followerName(rule.name, home));
  inBlock(op.getBody(), [&] {
    emitRuleDynamics(rule, names);
    Event own = home == Home::Pre ? Event::PreTrace : Event::PostTrace;
    auto handler = llvm::find_if(
        rule.handlers, [&](const checked::PlasticityHandler &handler) {
          return handler.event == own;
        });
    // What sums over synapses alone does nothing at spikes.
    bool isSilent = handler == rule.handlers.end();
    auto follow = spiking::FollowOp::create(
        builder, loc(isSilent ? rule.range : handler->range));
    emitHandler(isSilent ? std::vector<checked::Statement>() : handler->body,
                follow.getBody(), names);
  });
}

void Generator::emitHandler(const std::vector<checked::Statement> &statements,
                            Region &body, Names names) {
  inBlock(body, [&] {
    ExpressionEmitter emitter(builder, loc, names);
    emitter.emit(statements);
  });
}

static bool readsHost(const checked::Expr &expr) {
  return expr.kind == checked::ExprKind::Host ||
         llvm::any_of(expr.operands, [](const checked::ExprRef &operand) {
           return readsHost(*operand);
         });
}

static bool readsHost(const std::vector<checked::Statement> &statements) {
  return llvm::any_of(statements, [](const checked::Statement &statement) {
    if (statement.assignment)
      return readsHost(*statement.assignment->value);
    const auto &conditional = statement.conditional;
    return conditional && (readsHost(*conditional->condition) ||
                           readsHost(conditional->thenBody) ||
                           readsHost(conditional->elseBody));
  });
}

/// A trace that depends on more than spikes is no follower yet.
static LogicalResult checkTraces(const checked::PlasticityModel &rule,
                                 const Locations &loc) {
  auto refuse = [&](lang::SourceRange range) {
    return emitError(loc(range), "a trace that reads the neuron it belongs to "
                                 "cannot be compiled by this version [E0706]");
  };
  for (const checked::Equation &equation : rule.equations)
    if (rule.homes[equation.state] == Home::Post && readsHost(*equation.drift))
      return refuse(equation.range);
  for (const checked::PlasticityHandler &handler : rule.handlers)
    if (handler.event == Event::PostTrace && readsHost(handler.body))
      return refuse(handler.range);
  return success();
}

LogicalResult Generator::emitPlasticity(const checked::PlasticityModel &rule) {
  if (failed(checkTraces(rule, loc)))
    return failure();
  std::string followers[2];
  for (Home home : {Home::Pre, Home::Post})
    if (hasStatesAt(rule, home)) {
      emitFollower(rule, home);
      followers[home == Home::Post] = followerName(rule.name, home);
    }
  auto op = spiking::PlasticityOp::create(builder, loc(rule.range), rule.name,
                                          followers[0], followers[1]);
  SmallVector<NamedAttribute> incoming, outgoing;
  for (const checked::PlasticityModel::Sum &sum : rule.sums)
    (rule.homes[sum.into] == Home::Post ? incoming : outgoing)
        .push_back(builder.getNamedAttr(
            rule.states[sum.into].name,
            builder.getStringAttr(rule.states[sum.of].name)));
  if (!incoming.empty())
    op->setAttr(spiking::incomingName, builder.getDictionaryAttr(incoming));
  if (!outgoing.empty())
    op->setAttr(spiking::outgoingName, builder.getDictionaryAttr(outgoing));
  if (rule.rewire)
    op->setAttr(spiking::rewireName,
                builder.getStringAttr(rule.states[rule.rewire].name));
  Names names{&rule, nullptr, nullptr, &program, &rule, Home::Synapse};
  inBlock(op.getBody(), [&] {
    const checked::State &weight = rule.states.front();
    spiking::WeightOp::create(builder, loc(weight.range), weight.name,
                              weight.dimension.unit());
    for (const checked::Host &host : rule.hosts)
      spiking::HostOp::create(builder, loc(host.range), host.name,
                              host.dimension.unit());
    for (const checked::ModulatorUse &use : rule.modulators)
      spiking::ModulatorOp::create(builder, loc(use.range), use.name,
                                   program.neurons[use.model].name);
    emitRuleDynamics(rule, names);
    for (const checked::StateBound &bound : rule.bounds) {
      auto boundOp = spiking::BoundOp::create(builder, loc(bound.range),
                                              rule.states[bound.state].name);
      inBlock(boundOp.getBounds(), [&] {
        ExpressionEmitter emitter(builder, loc, names);
        Value low = emitter.emit(*bound.low), high = emitter.emit(*bound.high);
        spiking::YieldOp::create(builder, loc(bound.range),
                                 ValueRange{low, high});
      });
    }
    for (const checked::PlasticityHandler &handler : rule.handlers)
      emitEvent(handler, names);
  });
  return success();
}

void Generator::emitEvent(const checked::PlasticityHandler &handler,
                          Names names) {
  std::optional<spiking::Event> event;
  std::optional<double> period;
  switch (handler.event) {
  case Event::Pre:
    event = spiking::Event::Pre;
    break;
  case Event::Post:
    event = spiking::Event::Post;
    break;
  case Event::Every:
    event = spiking::Event::Every;
    period = handler.period->number;
    break;
  case Event::PreTrace:
  case Event::PostTrace:
    return; // of the followers
  }
  auto op =
      spiking::OnEventOp::create(builder, loc(handler.range), *event, period);
  emitHandler(handler.body, op.getBody(), names);
}

/// The population that follows one side of a projection; none without states
/// there. It has the precision of the target, as the synapses do.
spiking::PopulationOp
Generator::emitFollowers(const checked::Projection &projection, Home home,
                         ArrayRef<NamedAttribute> params) {
  const checked::Plasticity &plasticity = *projection.plasticity;
  const checked::PlasticityModel &rule = program.plasticity[plasticity.rule];
  if (!hasStatesAt(rule, home))
    return {};
  const checked::Population &followed =
      network.populations[home == Home::Pre ? projection.source.population
                                            : projection.target.population];
  auto op = spiking::PopulationOp::create(
      builder, loc(plasticity.range),
      projection.path + (home == Home::Pre ? ":pre" : ":post"),
      followerName(rule.name, home), static_cast<int64_t>(followed.size),
      params, ArrayRef<NamedAttribute>());
  op.setFollowed(followed.path);
  if (home == Home::Post && plasticity.backprop > 0)
    op.setFollowDelayAttr(builder.getF64FloatAttr(plasticity.backprop));
  return op;
}

void Generator::emitPlastic(const checked::Projection &projection) {
  const checked::Plasticity &plasticity = *projection.plasticity;
  const checked::PlasticityModel &rule = program.plasticity[plasticity.rule];
  SmallVector<NamedAttribute> params;
  for (auto [param, argument] :
       llvm::zip_equal(rule.params, plasticity.arguments))
    if (argument)
      params.push_back(builder.getNamedAttr(
          param.name,
          spiking::ValueAttr::constant(builder.getContext(), *argument)));
  spiking::PopulationOp pre = emitFollowers(projection, Home::Pre, params);
  spiking::PopulationOp post = emitFollowers(projection, Home::Post, params);
  auto nameOf = [&](spiking::PopulationOp follower) {
    return follower ? symbol(follower.getSymName()) : FlatSymbolRefAttr();
  };
  SmallVector<Attribute> modulators;
  for (unsigned modulator : plasticity.modulators)
    modulators.push_back(symbol(network.populations[modulator].path));
  spiking::PlasticOp::create(
      builder, loc(plasticity.range), symbol(projection.path),
      symbol(rule.name), builder.getDictionaryAttr(params), nameOf(pre),
      nameOf(post), builder.getArrayAttr(modulators),
      plasticity.backprop > 0 ? builder.getF64FloatAttr(plasticity.backprop)
                              : FloatAttr(),
      FloatAttr());
}
