//===- Dump.cpp - The tree with its structure in sight ----------*- C++ -*-===//
//
// A statement is a line `(kind parts…)` with its body indented below; an
// expression is written prefix. The parts of a statement come in the order of
// the fields in its struct.
//
//===----------------------------------------------------------------------===//

#include "lang/AST/Dump.h"

namespace snn::lang {

using namespace ast;

namespace {

class Dumper {
public:
  std::string out;

  void file(const File &file) { body(file.declarations); }
  void expr(const Expr *node);

private:
  unsigned indent = 0;

  void word(std::string_view text) {
    if (!out.empty() && out.back() != '(' && out.back() != ' ' &&
        out.back() != '\n')
      out += ' ';
    out += text;
  }
  void open(std::string_view head) {
    word("(");
    out += head;
  }
  void close() { out += ')'; }
  /// An optional part: absent ones leave a mark, so that none can stand for
  /// another.
  void name(const ast::Name &node) { word(node.empty() ? "-" : node.text); }
  void names(const std::vector<ast::Name> &nodes) {
    open("names");
    for (const ast::Name &node : nodes)
      name(node);
    close();
  }

  void unit(const ast::Unit &node);
  void operand(const Expr &node);
  void arguments(const std::vector<Argument> &nodes);
  void selection(const Selection &node);
  void selections(const std::vector<Selection> &nodes);
  void initializer(const Initializer &node);
  void bindings(const std::vector<Binding> &nodes);
  void instantiation(const Instantiation &node);
  void settings(const Settings &node);
  void projection(const Projection &node);
  void body(const std::vector<StmtPtr> &nodes);
  void block(const Block &node);
  void stmt(const Stmt &node);
  void parts(const Stmt &node);
  void modelParts(const Stmt &node);
  void structureParts(const Stmt &node);
  void experimentParts(const Stmt &node);
};

} // namespace

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

void Dumper::unit(const ast::Unit &node) {
  open(node.bracketed ? "units" : "unit");
  for (const UnitFactor &factor : node.factors)
    word(factor.name + "^" + std::to_string(factor.exponent));
  close();
}

void Dumper::arguments(const std::vector<Argument> &nodes) {
  for (const Argument &node : nodes) {
    if (!node.name.empty())
      open(node.name.text + "=");
    expr(node.value.get());
    if (!node.name.empty())
      close();
  }
}

void Dumper::selection(const Selection &node) {
  open("select");
  expr(node.source.get());
  if (node.target)
    expr(node.target.get());
  close();
}

void Dumper::selections(const std::vector<Selection> &nodes) {
  for (const Selection &node : nodes)
    selection(node);
}

void Dumper::expr(const Expr *node) {
  if (!node)
    return word("-");
  if (node->parenthesized)
    open("paren");
  operand(*node);
  if (node->parenthesized)
    close();
}

void Dumper::operand(const Expr &node) {
  switch (node.kind) {
  case Expr::Kind::Number: {
    auto &number = cast<NumberExpr>(node);
    word(number.digits);
    if (number.unit)
      unit(*number.unit);
    return;
  }
  case Expr::Kind::Percent:
    return word(cast<PercentExpr>(node).digits + "%");
  case Expr::Kind::String:
    return word("\"" + cast<StringExpr>(node).value + "\"");
  case Expr::Kind::Boolean:
    return word(cast<BooleanExpr>(node).value ? "true" : "false");
  case Expr::Kind::Name:
    return word(cast<NameExpr>(node).name);
  case Expr::Kind::Member: {
    auto &member = cast<MemberExpr>(node);
    open(".");
    expr(member.base.get());
    name(member.member);
    return close();
  }
  case Expr::Kind::Index: {
    auto &index = cast<IndexExpr>(node);
    open("[]");
    expr(index.base.get());
    for (const ExprPtr &one : index.indices)
      expr(one.get());
    return close();
  }
  case Expr::Kind::Call: {
    auto &call = cast<CallExpr>(node);
    open("call");
    expr(call.callee.get());
    arguments(call.arguments);
    return close();
  }
  case Expr::Kind::List:
    open("list");
    for (const ExprPtr &one : cast<ListExpr>(node).elements)
      expr(one.get());
    return close();
  case Expr::Kind::Unary: {
    auto &unary = cast<UnaryExpr>(node);
    open(spelling(unary.op));
    expr(unary.operand.get());
    return close();
  }
  case Expr::Kind::Binary: {
    auto &binary = cast<BinaryExpr>(node);
    open(spelling(binary.op));
    expr(binary.lhs.get());
    expr(binary.rhs.get());
    return close();
  }
  case Expr::Kind::Conditional: {
    auto &choice = cast<ConditionalExpr>(node);
    open("if");
    expr(choice.condition.get());
    expr(choice.thenValue.get());
    expr(choice.elseValue.get());
    return close();
  }
  case Expr::Kind::Range: {
    auto &range = cast<RangeExpr>(node);
    open("..");
    expr(range.low.get());
    expr(range.high.get());
    if (range.step)
      expr(range.step.get());
    return close();
  }
  case Expr::Kind::Table: {
    auto &table = cast<TableExpr>(node);
    open("table");
    names(table.axes);
    names(table.columns);
    for (const TableExpr::Row &row : table.rows) {
      open("row");
      name(row.name);
      for (const ExprPtr &value : row.values)
        expr(value.get());
      close();
    }
    return close();
  }
  case Expr::Kind::Metric: {
    auto &metric = cast<MetricExpr>(node);
    open("metric");
    name(metric.metric);
    arguments(metric.arguments);
    name(metric.part);
    selection(metric.selection);
    expr(metric.atLeast.get());
    name(metric.during);
    expr(metric.from.get());
    expr(metric.to.get());
    return close();
  }
  }
}

//===----------------------------------------------------------------------===//
// Parts of statements
//===----------------------------------------------------------------------===//

void Dumper::initializer(const Initializer &node) {
  if (!node)
    return;
  word(node.kind == Initializer::Kind::Drawn ? "~" : "=");
  expr(node.value.get());
  for (const Restriction &one : node.restrictions) {
    open(one.kind == Restriction::Kind::Redraw ? "redraw"
         : one.kind == Restriction::Kind::Clip ? "clip"
                                               : "at-least");
    if (one.comparison)
      word(spelling(*one.comparison));
    expr(one.bound.get());
    close();
  }
}

void Dumper::bindings(const std::vector<Binding> &nodes) {
  for (const Binding &node : nodes) {
    open(node.name.text);
    if (node.type)
      unit(*node.type);
    initializer(node.init);
    close();
  }
}

void Dumper::instantiation(const Instantiation &node) {
  open("new");
  name(node.model);
  for (const ast::Unit &one : node.generics)
    unit(one);
  arguments(node.arguments);
  close();
}

void Dumper::settings(const Settings &node) {
  if (!node.isPresent())
    return;
  open("set");
  for (const Setting &one : node.list) {
    open("");
    expr(one.target.get());
    initializer(one.init);
    close();
  }
  close();
}

void Dumper::projection(const Projection &node) {
  expr(node.target.get());
  expr(node.rule.get());
  expr(node.where.get());
  for (const Instantiation &one : node.plasticity)
    instantiation(one);
  settings(node.settings);
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

void Dumper::body(const std::vector<StmtPtr> &nodes) {
  for (const StmtPtr &node : nodes)
    stmt(*node);
}

void Dumper::block(const Block &node) {
  if (!node.isPresent())
    return;
  word("{");
  indent += 2;
  body(node.statements);
  indent -= 2;
  out += "}";
}

void Dumper::stmt(const Stmt &node) {
  if (!out.empty())
    out += '\n';
  out.append(indent, ' ');
  for (const std::string &line : node.doc) {
    open("doc \"" + line + "\"");
    close();
  }
  for (const Attribute &one : node.attributes) {
    open("@" + one.name.text);
    arguments(one.arguments);
    close();
  }
  parts(node);
}

void Dumper::parts(const Stmt &node) {
  switch (node.kind) {
  case Stmt::Kind::Use: {
    auto &use = cast<UseDecl>(node);
    open("use");
    names(use.path);
    for (const UseDecl::Import &one : use.imports) {
      name(one.name);
      name(one.alias);
    }
    return close();
  }
  case Stmt::Kind::Let:
    open("let");
    bindings(cast<LetStmt>(node).bindings);
    return close();
  case Stmt::Kind::If:
    open("if");
    for (const IfStmt::Branch &branch : cast<IfStmt>(node).branches) {
      expr(branch.condition.get());
      block(branch.body);
    }
    return close();
  case Stmt::Kind::Precision:
    open("precision");
    name(cast<PrecisionStmt>(node).precision);
    return close();
  default:
    modelParts(node);
  }
}

void Dumper::modelParts(const Stmt &node) {
  auto member = [&](std::string_view head) {
    open(head);
    if (static_cast<const MemberStmt &>(node).isOverride())
      word("override");
  };
  switch (node.kind) {
  case Stmt::Kind::Model: {
    auto &model = cast<ModelDecl>(node);
    open(spelling(model.model));
    name(model.name);
    names(model.generics);
    bindings(model.parameters);
    name(model.base);
    block(model.body);
    return close();
  }
  case Stmt::Kind::Param:
    member("param");
    bindings(cast<ParamStmt>(node).bindings);
    return close();
  case Stmt::Kind::Input:
    member("input");
    bindings(cast<InputStmt>(node).bindings);
    return close();
  case Stmt::Kind::Host:
    member("host");
    bindings(cast<HostStmt>(node).bindings);
    return close();
  case Stmt::Kind::Source:
    member("source");
    bindings(cast<SourceStmt>(node).bindings);
    return close();
  case Stmt::Kind::Sum: {
    auto &sum = cast<SumStmt>(node);
    member("sum");
    name(sum.name);
    bindings(sum.arguments);
    expr(sum.value.get());
    return close();
  }
  case Stmt::Kind::State:
    member("state");
    bindings(cast<StateStmt>(node).bindings);
    return close();
  case Stmt::Kind::Receptor:
    member("receptor");
    for (auto &one : cast<ReceptorStmt>(node).receptors) {
      name(one.name);
      instantiation(one.synapse);
    }
    return close();
  case Stmt::Kind::Equation: {
    auto &equation = cast<EquationStmt>(node);
    member("equation");
    expr(equation.coefficient.get());
    name(equation.variable);
    expr(equation.value.get());
    return close();
  }
  case Stmt::Kind::Bound:
    member("bound");
    name(cast<BoundStmt>(node).variable);
    expr(cast<BoundStmt>(node).interval.get());
    return close();
  case Stmt::Kind::Trace: {
    auto &trace = cast<TraceStmt>(node);
    member(trace.side == TraceStmt::Side::Pre ? "pre-trace" : "post-trace");
    name(trace.binding.name);
    if (trace.binding.type)
      unit(*trace.binding.type);
    initializer(trace.binding.init);
    block(trace.body);
    return close();
  }
  case Stmt::Kind::Port: {
    auto &port = cast<PortStmt>(node);
    member("port");
    name(port.name);
    bindings(port.arguments);
    block(port.body);
    return close();
  }
  case Stmt::Kind::Spike: {
    auto &spike = cast<SpikeStmt>(node);
    member(spike.crossing ? "spike-rises" : "spike");
    expr(spike.condition.get());
    if (spike.crossing)
      expr(spike.crossing.get());
    block(spike.body);
    return close();
  }
  case Stmt::Kind::Handler: {
    auto &handler = cast<HandlerStmt>(node);
    member("on");
    name(handler.event);
    bindings(handler.arguments);
    block(handler.body);
    return close();
  }
  case Stmt::Kind::Periodic:
    member("every");
    expr(cast<PeriodicStmt>(node).period.get());
    block(cast<PeriodicStmt>(node).body);
    return close();
  case Stmt::Kind::Assign: {
    auto &assign = cast<AssignStmt>(node);
    open("assign");
    word(spelling(assign.op));
    expr(assign.target.get());
    initializer(assign.value);
    return close();
  }
  case Stmt::Kind::Send:
    open("send");
    expr(cast<SendStmt>(node).value.get());
    return close();
  case Stmt::Kind::Refractory: {
    auto &refractory = cast<RefractoryStmt>(node);
    open(refractory.keepsInput() ? "refractory-keeping-input" : "refractory");
    expr(refractory.duration.get());
    names(refractory.held);
    return close();
  }
  default:
    structureParts(node);
  }
}

void Dumper::structureParts(const Stmt &node) {
  switch (node.kind) {
  case Stmt::Kind::Structure: {
    auto &structure = cast<StructureDecl>(node);
    open(spelling(structure.structure));
    name(structure.name);
    bindings(structure.parameters);
    name(structure.base);
    block(structure.body);
    return close();
  }
  case Stmt::Kind::Instance: {
    auto &instances = cast<InstanceStmt>(node);
    open(spelling(instances.instance));
    for (const InstanceStmt::Instance &one : instances.instances) {
      open(one.name.text);
      instantiation(one.model);
      for (const ExprPtr &size : one.sizes)
        expr(size.get());
      if (one.placement) {
        open("at");
        expr(one.placement.get());
        close();
      }
      settings(one.settings);
      close();
    }
    return close();
  }
  case Stmt::Kind::Import:
    open("import");
    expr(cast<ImportStmt>(node).file.get());
    name(cast<ImportStmt>(node).name);
    settings(cast<ImportStmt>(node).options);
    return close();
  case Stmt::Kind::Connect:
    open("connect");
    expr(cast<ConnectStmt>(node).source.get());
    projection(cast<ConnectStmt>(node).projection);
    return close();
  case Stmt::Kind::Disconnect:
    open("disconnect");
    expr(cast<DisconnectStmt>(node).source.get());
    expr(cast<DisconnectStmt>(node).target.get());
    return close();
  case Stmt::Kind::When: {
    auto &when = cast<WhenStmt>(node);
    open("when");
    expr(when.spikes.get());
    expr(when.window.get());
    expr(when.after.get());
    name(when.name);
    block(when.body);
    return close();
  }
  case Stmt::Kind::InPort:
    open("in");
    name(cast<InPortStmt>(node).name);
    projection(cast<InPortStmt>(node).projection);
    return close();
  case Stmt::Kind::OutPort:
    open("out");
    for (const OutPortStmt::Port &port : cast<OutPortStmt>(node).ports) {
      name(port.name);
      expr(port.value.get());
    }
    return close();
  case Stmt::Kind::Drive: {
    auto &drive = cast<DriveStmt>(node);
    open("drive");
    expr(drive.target.get());
    expr(drive.stimulus.get());
    settings(drive.settings);
    return close();
  }
  case Stmt::Kind::For: {
    auto &loop = cast<ForStmt>(node);
    open("for");
    names(loop.variables);
    expr(loop.sequence.get());
    expr(loop.where.get());
    block(loop.body);
    return close();
  }
  default:
    experimentParts(node);
  }
}

void Dumper::experimentParts(const Stmt &node) {
  switch (node.kind) {
  case Stmt::Kind::Experiment: {
    auto &experiment = cast<ExperimentDecl>(node);
    open("experiment");
    name(experiment.name);
    name(experiment.base);
    block(experiment.body);
    return close();
  }
  case Stmt::Kind::Chip:
    open("chip");
    name(cast<ChipDecl>(node).name);
    block(cast<ChipDecl>(node).body);
    return close();
  case Stmt::Kind::Network:
    open("use-network");
    instantiation(cast<NetworkStmt>(node).network);
    return close();
  case Stmt::Kind::Step:
    open("step");
    expr(cast<StepStmt>(node).value.get());
    return close();
  case Stmt::Kind::Duration:
    open("duration");
    expr(cast<DurationStmt>(node).value.get());
    expr(cast<DurationStmt>(node).warmUp.get());
    return close();
  case Stmt::Kind::Seed:
    open("seed");
    arguments(cast<SeedStmt>(node).seeds);
    return close();
  case Stmt::Kind::Schedule:
    open("schedule");
    name(cast<ScheduleStmt>(node).schedule);
    return close();
  case Stmt::Kind::Record: {
    auto &record = cast<RecordStmt>(node);
    open("record");
    for (const ExprPtr &one : record.quantities)
      expr(one.get());
    selections(record.selections);
    expr(record.interval.get());
    return close();
  }
  case Stmt::Kind::Plot: {
    auto &plot = cast<PlotStmt>(node);
    open("plot");
    expr(plot.what.get());
    selections(plot.selections);
    expr(plot.over.get());
    return close();
  }
  case Stmt::Kind::Expect: {
    static constexpr const char *Forms[] = {
        "expect", "expect-in", "expect-within", "expect-increasing",
        "expect-decreasing"};
    auto &expect = cast<ExpectStmt>(node);
    open(Forms[static_cast<int>(expect.form)]);
    for (const ExprPtr *part :
         {&expect.value, &expect.interval, &expect.tolerance, &expect.reference,
          &expect.over, &expect.seeds})
      expr(part->get());
    return close();
  }
  case Stmt::Kind::Sweep: {
    auto &sweep = cast<SweepStmt>(node);
    open("sweep");
    expr(sweep.target.get());
    name(sweep.alias);
    expr(sweep.values.get());
    return close();
  }
  case Stmt::Kind::Phase: {
    auto &phase = cast<PhaseStmt>(node);
    open("phase");
    name(phase.name);
    expr(phase.duration.get());
    block(phase.body);
    return close();
  }
  case Stmt::Kind::At:
    open("at");
    expr(cast<AtStmt>(node).time.get());
    block(cast<AtStmt>(node).body);
    return close();
  case Stmt::Kind::Repeat:
    open("repeat");
    expr(cast<RepeatStmt>(node).count.get());
    block(cast<RepeatStmt>(node).body);
    return close();
  case Stmt::Kind::Control:
    open("control");
    name(cast<ControlStmt>(node).name);
    block(cast<ControlStmt>(node).body);
    return close();
  case Stmt::Kind::Reset:
    open("reset");
    selections(cast<ResetStmt>(node).selections);
    return close();
  case Stmt::Kind::Learning:
    open(cast<LearningStmt>(node).freezes ? "freeze" : "resume");
    selections(cast<LearningStmt>(node).selections);
    return close();
  default:
    open("event");
    expr(cast<EventStmt>(node).event.get());
    return close();
  }
}

std::string dump(const File &file) {
  Dumper dumper;
  dumper.file(file);
  return dumper.out + "\n";
}

std::string dump(const Expr &expr) {
  Dumper dumper;
  dumper.expr(&expr);
  return dumper.out;
}

} // namespace snn::lang
