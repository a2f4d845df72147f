# snn_generate_antlr(<out-var> <lexer.g4> <parser.g4>)
#
# Runs ANTLR's tool at build time; <out-var> gets the generated sources. A build
# that needs no committed generated code cannot hold stale generated code.
find_program(ANTLR4_TOOL antlr4 REQUIRED)
find_path(ANTLR4_RUNTIME_INCLUDE antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
# The static runtime: the driver then needs no ANTLR package where it runs.
find_library(ANTLR4_RUNTIME_LIB NAMES libantlr4-runtime.a antlr4-runtime REQUIRED)

function(snn_generate_antlr out lexer parser)
  set(dir ${CMAKE_CURRENT_BINARY_DIR}/generated)
  get_filename_component(lexer_name ${lexer} NAME_WE)
  get_filename_component(parser_name ${parser} NAME_WE)
  get_filename_component(lexer_path ${lexer} ABSOLUTE)
  get_filename_component(parser_path ${parser} ABSOLUTE)
  set(sources)
  foreach(name ${lexer_name} ${parser_name})
    list(APPEND sources ${dir}/${name}.cpp ${dir}/${name}.h)
  endforeach()
  set(flags -Dlanguage=Cpp -Werror -encoding UTF-8 -no-listener -no-visitor
    -package snn::antlr -Xexact-output-dir -o ${dir})
  add_custom_command(
    OUTPUT ${sources}
    COMMAND ${ANTLR4_TOOL} ${flags} ${lexer_path}
    COMMAND ${ANTLR4_TOOL} ${flags} -lib ${dir} ${parser_path}
    DEPENDS ${lexer_path} ${parser_path}
    COMMENT "ANTLR: ${lexer_name}, ${parser_name}"
    VERBATIM)
  set(${out} ${sources} PARENT_SCOPE)
endfunction()
