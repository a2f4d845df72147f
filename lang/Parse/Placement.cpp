//===- Placement.cpp - Which statement may stand in which body --*- C++ -*-===//
//
// The table, one line for each kind of statement.
//
//===----------------------------------------------------------------------===//

#include "lang/Parse/Placement.h"

#include <algorithm>
#include <initializer_list>

namespace snn::lang {

using Kind = ast::Stmt::Kind;

namespace {

/// A set of bodies, one bit each.
struct Homes {
  unsigned bits = 0;
  constexpr Homes(std::initializer_list<Body> bodies) {
    for (Body body : bodies)
      bits |= 1u << static_cast<unsigned>(body);
  }
  constexpr bool has(Body body) const {
    return bits >> static_cast<unsigned>(body) & 1;
  }
};

struct Entry {
  Kind kind;
  /// What it begins with; several for declarations. Words in the order in which
  /// messages list them; those with a blank are not keywords.
  std::initializer_list<std::string_view> words;
  Homes homes;
};

using enum Body;

const Entry Entries[] = {
    {Kind::Use, {"use"}, {File}},
    {Kind::Model, {"neuron", "synapse", "plasticity", "modulator"}, {File}},
    {Kind::Structure, {"column", "network"}, {File}},
    {Kind::Experiment, {"experiment"}, {File}},
    {Kind::Chip, {"chip"}, {File}},
    {Kind::Param, {"param"}, {Neuron, Synapse, Plasticity, Modulator, Chip}},
    {Kind::Input, {"input"}, {Neuron}},
    {Kind::Host, {"host"}, {Synapse, Plasticity}},
    {Kind::Source, {"pre"}, {Synapse}},
    {Kind::Sum, {"sum"}, {Synapse}},
    {Kind::Receptor, {"receptor"}, {Neuron}},
    {Kind::State, {"state"}, {Neuron, Synapse, Plasticity, Modulator, Chip}},
    {Kind::Let,
     {"let"},
     {Neuron, Synapse, Plasticity, Modulator, SpikeHandler, Handler, Column,
      Network, Experiment, Control, ChipProgram}},
    {Kind::Equation,
     {"an equation"},
     {Neuron, Synapse, Plasticity, Modulator, Trace}},
    {Kind::Bound, {"bound"}, {Plasticity}},
    {Kind::Trace, {"pre", "post"}, {Plasticity}},
    {Kind::Port, {"port"}, {Neuron}},
    {Kind::Spike, {"spike"}, {Neuron, ChipProgram}},
    {Kind::Handler, {"on"}, {Synapse, Plasticity, Modulator, Trace, Chip}},
    {Kind::Assign,
     {"an assignment"},
     {SpikeHandler, Handler, Experiment, Protocol, Condition, Control, Chip,
      ChipProgram}},
    {Kind::Send, {"send"}, {Handler}},
    {Kind::Refractory, {"refractory"}, {SpikeHandler}},
    {Kind::Instance,
     {"population", "column", "modulator"},
     {Column, Network, Experiment}},
    {Kind::Import, {"import"}, {Column, Network}},
    {Kind::Connect, {"connect"}, {Column, Network, Experiment}},
    {Kind::Disconnect, {"disconnect"}, {Experiment, Control}},
    {Kind::Drive, {"drive"}, {Column, Network, Experiment, Protocol, Control}},
    {Kind::When, {"when"}, {Column, Network, Experiment}},
    {Kind::InPort, {"in"}, {Column}},
    {Kind::OutPort, {"out"}, {Column}},
    {Kind::For, {"for"}, {Column, Network, Experiment}},
    {Kind::If,
     {"if"},
     {SpikeHandler, Handler, Column, Network, Experiment, Protocol,
      ChipProgram}},
    {Kind::Network, {"network"}, {Experiment, Control}},
    {Kind::Step, {"step"}, {Experiment, Control}},
    {Kind::Duration, {"duration"}, {Experiment, Control}},
    {Kind::Seed, {"seed"}, {Experiment, Control}},
    {Kind::Schedule, {"schedule"}, {Experiment}},
    {Kind::Precision, {"precision"}, {Experiment}},
    {Kind::Record, {"record"}, {Experiment, Protocol}},
    {Kind::Plot, {"plot"}, {Experiment}},
    {Kind::Expect, {"expect"}, {Experiment, Control}},
    {Kind::Sweep, {"sweep"}, {Experiment}},
    {Kind::Phase, {"phase"}, {Experiment, Protocol}},
    {Kind::At, {"at"}, {Experiment, Protocol}},
    {Kind::Periodic, {"every"}, {Plasticity, Modulator, Experiment, Protocol}},
    {Kind::Repeat, {"repeat"}, {Experiment, Protocol}},
    {Kind::Reset, {"reset"}, {Protocol}},
    {Kind::Learning, {"freeze", "resume"}, {Experiment, Protocol, Control}},
    {Kind::Event, {"an event"}, {Handler, Protocol, Condition}},
    {Kind::Control, {"control"}, {Experiment}},
};

constexpr Body Bodies[] = {File,      Neuron,  Synapse,      Plasticity,
                           Modulator, Trace,   SpikeHandler, Handler,
                           Column,    Network, Experiment,   Protocol,
                           Condition, Control, Chip,         ChipProgram};

const Entry &entryOf(Kind kind) {
  return *std::ranges::find(Entries, kind, &Entry::kind);
}

} // namespace

bool belongs(Kind kind, Body body) { return entryOf(kind).homes.has(body); }

std::string_view wordOf(Kind kind) { return *entryOf(kind).words.begin(); }

std::string_view describe(Body body) {
  switch (body) {
  case File:
    return "a file";
  case Neuron:
    return "a neuron";
  case Synapse:
    return "a synapse";
  case Plasticity:
    return "a plasticity rule";
  case Modulator:
    return "a modulator";
  case Trace:
    return "a trace";
  case SpikeHandler:
    return "what happens at a spike";
  case Handler:
    return "what happens at an event";
  case Column:
    return "a column";
  case Network:
    return "a network";
  case Experiment:
    return "an experiment";
  case Protocol:
    return "what happens during a run";
  case Condition:
    return "what follows spikes";
  case Control:
    return "a control";
  case Chip:
    return "a chip";
  case ChipProgram:
    return "the program of a chip";
  }
  return "";
}

std::vector<std::string> contents(Body body) {
  std::vector<std::string> words;
  for (const Entry &entry : Entries)
    if (entry.homes.has(body))
      words.insert(words.end(), entry.words.begin(), entry.words.end());
  return words;
}

std::string homesOf(std::string_view word) {
  unsigned bits = 0;
  for (const Entry &entry : Entries)
    if (std::ranges::find(entry.words, word) != entry.words.end())
      bits |= entry.homes.bits;
  std::vector<std::string_view> homes;
  for (Body body : Bodies)
    if (bits >> static_cast<unsigned>(body) & 1)
      homes.push_back(describe(body));
  if (homes.empty())
    return "";
  if (homes.size() == 1 && homes.front() == describe(File))
    return "at the top level of a file";
  std::string result = "in ";
  for (size_t i = 0; i < homes.size(); ++i) {
    if (i > 0)
      result += i + 1 < homes.size() ? ", " : " or ";
    result += homes[i];
  }
  return result;
}

} // namespace snn::lang
