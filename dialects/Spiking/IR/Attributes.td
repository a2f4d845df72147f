//===- Attributes.td - Attributes of the spiking dialect ---*- tablegen -*-===//
//
// Values that are given or drawn, connection rules, slices of populations, and
// how equations are solved.
//
//===----------------------------------------------------------------------===//
#ifndef SPIKING_ATTRIBUTES_TD
#define SPIKING_ATTRIBUTES_TD

include "dialects/Spiking/IR/Dialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

class Spiking_Attr<string name, string attrMnemonic>
    : AttrDef<Spiking_Dialect, name> {
  let mnemonic = attrMnemonic;
}

class Spiking_Enum<string name, string summary, list<I32EnumAttrCase> cases>
    : I32EnumAttr<name, summary, cases> {
  let cppNamespace = "::snn::spiking";
  let genSpecializedAttr = 0;
}

// A double. A raw `double` does not do: neither llvm::hash_value nor
// mlir::FieldParser knows it.
class Spiking_F64Parameter<string description = "">
    : AttrOrTypeParameter<"::llvm::APFloat", description> {
  let comparator = "$_lhs.bitwiseIsEqual($_rhs)";
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

def Spiking_Precision : Spiking_Enum<"Precision",
    "element type of a population's states", [
      I32EnumAttrCase<"F32", 0, "f32">,
      I32EnumAttrCase<"F64", 1, "f64">,
    ]>;

def Spiking_PrecisionAttr
    : EnumAttr<Spiking_Dialect, Spiking_Precision, "precision"> {
  let summary = "Element type of a population's states: f32 or f64";
}

def Spiking_ValueKind : Spiking_Enum<"ValueKind", "how a value comes about", [
      I32EnumAttrCase<"Constant", 0, "constant">,
      I32EnumAttrCase<"Uniform", 1, "uniform">,
      I32EnumAttrCase<"Normal", 2, "normal">,
      I32EnumAttrCase<"LogNormal", 3, "lognormal">,
      I32EnumAttrCase<"Gamma", 4, "gamma">,
      I32EnumAttrCase<"Exponential", 5, "exponential">,
      I32EnumAttrCase<"Binomial", 6, "binomial">,
      I32EnumAttrCase<"Poisson", 7, "poisson">,
      I32EnumAttrCase<"Categorical", 8, "categorical">,
      I32EnumAttrCase<"Data", 9, "data">,
      I32EnumAttrCase<"OfPlace", 10, "of_place">,
    ]>;

def Spiking_ValueAttr : Spiking_Attr<"Value", "value"> {
  let summary = "A value that is given, or drawn from a distribution";
  let description = [{
    A number in the internal unit of what it is the value of; each neuron or
    synapse draws its own by a keyed counter. The kinds are those of
    `enum snn_value_kind` in `snn/abi.h`:

    | spelling                             | draws                             |
    |--------------------------------------|-----------------------------------|
    | `20.0`                               | nothing: one value for all        |
    | `uniform(a, b)`                      | from [a, b)                       |
    | `normal(mean, sd)`                   |                                   |
    | `lognormal(mean, sd)`                | mean and sd are of the logarithm  |
    | `gamma(shape, scale)`                |                                   |
    | `exponential(mean)`                  |                                   |
    | `binomial(n, p)`, `poisson(mean)`    | a count                           |
    | `categorical([v, ...], [p, ...])`    | v with probability p              |
    | `data([v, ...])`                     | nothing: one value for each index |
    | `of_place(least, greatest)`          | nothing: `spiking.geometry` of    |
    |                                      | the projection has its function   |

    `redraw [low, high]` repeats a draw that falls outside, `clip [low, high]`
    moves it to the bound; `none` leaves a side open.

    ```mlir
    #spiking.value<normal(87.8, 8.78) redraw [0.0, none]>
    ```
  }];
  let parameters = (ins
    EnumParameter<Spiking_ValueKind>:$kind,
    Spiking_F64Parameter<"first number of the distribution">:$a,
    Spiking_F64Parameter<"second number of the distribution">:$b,
    Spiking_F64Parameter<"least draw kept">:$redrawLow,
    Spiking_F64Parameter<"greatest draw kept">:$redrawHigh,
    Spiking_F64Parameter<"least value">:$clipLow,
    Spiking_F64Parameter<"greatest value">:$clipHigh,
    OptionalParameter<"::mlir::DenseF64ArrayAttr",
                      "the values of categorical and data">:$values,
    OptionalParameter<"::mlir::DenseF64ArrayAttr",
                      "the probabilities of categorical">:$probabilities);
  let builders = [
    AttrBuilder<(ins "ValueKind":$kind, "double":$a, CArg<"double", "0.0">:$b)>,
  ];
  let extraClassDeclaration = [{
    /// One number for all.
    static ValueAttr constant(::mlir::MLIRContext *context, double value);
    static ValueAttr data(::mlir::MLIRContext *context,
                          ::llvm::ArrayRef<double> values);
    static ValueAttr categorical(::mlir::MLIRContext *context,
                                 ::llvm::ArrayRef<double> values,
                                 ::llvm::ArrayRef<double> probabilities);
    ValueAttr withRedraw(double low, double high) const;
    ValueAttr withClip(double low, double high) const;

    bool isConstant() const { return getKind() == ValueKind::Constant; }
    /// Of a constant, its value.
    double getConstant() const { return getA().convertToDouble(); }
    bool hasRedraw() const;
    bool hasClip() const;
  }];
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

//===----------------------------------------------------------------------===//
// Connections
//===----------------------------------------------------------------------===//

def Spiking_SliceAttr : Spiking_Attr<"Slice", "slice"> {
  let summary = "Some neurons of a population: first, first + stride, ... < end";
  let description = [{
    Printed after the population's name: `@E[0:100]` are its first hundred
    neurons, `@E[1:100:2]` the odd ones of them. The bounds are those of a
    half-open range; `end` is at most the size of the population.
  }];
  let parameters = (ins "int64_t":$first, "int64_t":$end, "int64_t":$stride);
  let extraClassDeclaration = [{
    int64_t getCount() const {
      return (getEnd() - getFirst() + getStride() - 1) / getStride();
    }
  }];
  let assemblyFormat = "`<` $first `:` $end `:` $stride `>`";
  let genVerifyDecl = 1;
}

def Spiking_RuleKind : Spiking_Enum<"RuleKind", "who connects to whom", [
      I32EnumAttrCase<"OneToOne", 0, "one_to_one">,
      I32EnumAttrCase<"AllToAll", 1, "all_to_all">,
      I32EnumAttrCase<"Probability", 2, "probability">,
      I32EnumAttrCase<"InDegree", 3, "indegree">,
      I32EnumAttrCase<"OutDegree", 4, "outdegree">,
      I32EnumAttrCase<"Total", 5, "total">,
      I32EnumAttrCase<"List", 6, "list">,
      I32EnumAttrCase<"Convolution", 8, "convolution">,
    ]>;

def Spiking_RuleAttr : Spiking_Attr<"Rule", "rule"> {
  let summary = "A connection rule";
  let description = [{
    Says which pairs of a projection's source and target neurons get a synapse.

    | spelling                 | synapses                                      |
    |--------------------------|-----------------------------------------------|
    | `one_to_one`             | i to i; the slices have equal sizes           |
    | `all_to_all`             | every pair                                    |
    | `probability(p)`         | each pair with probability p                  |
    | `indegree(k)`            | k for each target, from sources drawn         |
    | `outdegree(k)`           | k for each source, to targets drawn           |
    | `total(k)`               | k altogether                                  |
    | `list([i, ...], [j, ...])` | from i to j, indices in the slices          |
    | `convolution(...)`       | as a kernel that moves over maps              |

    `autapses` lets a neuron connect to itself, `multapses` lets a pair connect
    more than once.

    ```mlir
    #spiking.rule<indegree(1000), autapses, multapses>
    ```

    A convolution names channels, height and width of the sources and of the
    targets, which lie in that order, the last index running fastest. Weights
    and delays are those of the entries of the kernel, [target channel, channel
    of the group of sources, row, column]; `snn_convolution` in `snn/abi.h` says
    whom each joins.

    ```mlir
    #spiking.rule<convolution([1, 28, 28], [8, 14, 14], kernel [5, 5],
                              stride [2, 2], padding [2, 2], dilation [1, 1],
                              groups 1)>
    ```
  }];
  let parameters = (ins
    EnumParameter<Spiking_RuleKind>:$kind,
    Spiking_F64Parameter<"of `probability`">:$probability,
    DefaultValuedParameter<"int64_t", "0">:$count,
    DefaultValuedParameter<"bool", "false">:$autapses,
    DefaultValuedParameter<"bool", "false">:$multapses,
    OptionalParameter<"::mlir::DenseI64ArrayAttr", "of `list`">:$sources,
    OptionalParameter<"::mlir::DenseI64ArrayAttr", "of `list`">:$targets,
    OptionalParameter<"::mlir::DenseI64ArrayAttr",
                      "of `convolution`: see Convolution.h">:$convolution);
  let builders = [
    AttrBuilder<(ins "RuleKind":$kind, CArg<"int64_t", "0">:$count,
                     CArg<"bool", "false">:$autapses,
                     CArg<"bool", "false">:$multapses)>,
  ];
  let extraClassDeclaration = [{
    static RuleAttr probability(::mlir::MLIRContext *context, double p,
                                bool autapses = false);
    static RuleAttr list(::mlir::MLIRContext *context,
                         ::llvm::ArrayRef<int64_t> sources,
                         ::llvm::ArrayRef<int64_t> targets);
    static RuleAttr convolution(::mlir::MLIRContext *context,
                                const Convolution &convolution);
    /// Whether it says of each source alone what it has; `within` if source and
    /// target are one population.
    bool drawsRows(bool within) const;
  }];
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def Spiking_Storage : Spiking_Enum<"Storage", "what is kept of synapses", [
      I32EnumAttrCase<"Stored", 0, "stored">,
      I32EnumAttrCase<"Procedural", 1, "procedural">,
      I32EnumAttrCase<"Either", 2, "either">,
      I32EnumAttrCase<"Rows", 3, "rows">,
      I32EnumAttrCase<"Toeplitz", 4, "toeplitz">,
    ]>;

def Spiking_StorageAttr
    : EnumAttr<Spiking_Dialect, Spiking_Storage, "storage"> {
  let summary = "What is kept of a projection's synapses";
  let description = [{
    `stored`: rows of targets, and of weights where they differ, or a matrix of
    bits or weights where that takes no more. `rows`: never as a matrix.
    `procedural`: how many there are; those of a source are generated whenever it
    spikes. `either`: the engine stores them where its budget of memory allows,
    and else generates them. `toeplitz`: of a convolution with one delay, to a
    port that only adds in 32 bits, the kernel and nothing for a synapse. The cases are those of `enum snn_storage` in
    `snn/abi.h`.

    Only rules that draw rows can be generated, with values that are constant or
    drawn: `probability`, `outdegree`, `total`, and `indegree` with multapses
    and, within a population, autapses. None of it can be seen in a result.
  }];
}

//===----------------------------------------------------------------------===//
// Solvers and schedules
//===----------------------------------------------------------------------===//

def Spiking_SolverKind : Spiking_Enum<"SolverKind", "integration method", [
      I32EnumAttrCase<"Auto", 0, "auto">,
      I32EnumAttrCase<"Exact", 1, "exact">,
      I32EnumAttrCase<"ExponentialEuler", 2, "exponential_euler">,
      I32EnumAttrCase<"RK4", 3, "rk4">,
      I32EnumAttrCase<"Euler", 4, "euler">,
      I32EnumAttrCase<"EulerMaruyama", 5, "euler_maruyama">,
      I32EnumAttrCase<"SemiImplicit", 6, "semi_implicit">,
    ]>;

def Spiking_SolverAttr : Spiking_Attr<"Solver", "solver"> {
  let summary = "How the equations of a neuron are integrated over one step";
  let description = [{
    `auto` lets the compiler choose for each block of coupled equations. The
    step is cut into `substeps` equal parts; `sequential` makes a later equation
    see the states that earlier ones have already advanced, as published models
    of the 2003 kind do.

    ```mlir
    #spiking.solver<euler, substeps = 2, sequential>
    ```
  }];
  let parameters = (ins
    EnumParameter<Spiking_SolverKind>:$kind,
    DefaultValuedParameter<"int64_t", "1">:$substeps,
    DefaultValuedParameter<"bool", "false">:$sequential);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def Spiking_Schedule : Spiking_Enum<"Schedule", "order of events in a step", [
      I32EnumAttrCase<"Standard", 0, "standard">,
      I32EnumAttrCase<"Nest", 1, "nest">,
      I32EnumAttrCase<"Brian2", 2, "brian2">,
    ]>;

def Spiking_ScheduleAttr
    : EnumAttr<Spiking_Dialect, Spiking_Schedule, "schedule"> {
  let summary = "Order and conventions of the events within a step";
  let description = [{
    `standard` is the order that the language reference defines; `nest` and
    `brian2` are those of the simulators, to compare deterministic networks
    spike for spike.
  }];
}

#endif // SPIKING_ATTRIBUTES_TD
