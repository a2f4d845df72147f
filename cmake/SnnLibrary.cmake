# The project's two kinds of target.
#
#   snn_add_library(<name> <sources>... [DEPENDS <targets>...] [LINK_LIBS <targets>...])
#     A static library without MLIR (lang): warnings on.
#   snn_add_mlir_library(<name> <sources>... [DEPENDS ...] [LINK_LIBS ...])
#     The same over MLIR (dialects, compiler): no exceptions, MLIR's headers as
#     system headers, one precompiled header for all.

set(SNN_WARNINGS -Wall -Wextra -Wno-unused-parameter)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # It sees overlaps in every `"x" + string` (GCC bug 105651).
  list(APPEND SNN_WARNINGS -Wno-restrict)
endif()

function(snn_add_library name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LINK_LIBS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
  target_link_libraries(${name} PUBLIC ${ARG_LINK_LIBS})
  target_compile_options(${name} PRIVATE ${SNN_WARNINGS} -ffp-contract=off)
endfunction()

if(SNN_BUILD_COMPILER)
  set(SNN_MLIR_OPTIONS -fno-exceptions ${SNN_WARNINGS} -ffp-contract=off)
  if(SNN_ENABLE_PCH)
    # Built once (2 s), it takes 30-50 % off each unit that includes MLIR; a
    # precompiled header per target costs more than it saves.
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/pch.cpp CONTENT "")
    add_library(SnnPch OBJECT ${CMAKE_BINARY_DIR}/pch.cpp)
    target_include_directories(SnnPch SYSTEM PRIVATE ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
    target_compile_options(SnnPch PRIVATE ${SNN_MLIR_OPTIONS})
    target_precompile_headers(SnnPch PRIVATE ${CMAKE_CURRENT_LIST_DIR}/pch.h)
    if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
      # Keeps the header's time stamp out of the file, so that ccache can hit.
      target_compile_options(SnnPch PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
    endif()
  endif()
endif()

function(snn_add_mlir_library name)
  snn_add_library(${name} ${ARGN})
  target_include_directories(${name} SYSTEM PUBLIC ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
  set_target_properties(${name} PROPERTIES COMPILE_OPTIONS "${SNN_MLIR_OPTIONS}")
  # The shared libraries stand behind the archive, wherever it is linked: a
  # linker drops those of which nothing before them needs anything.
  target_link_libraries(${name} INTERFACE $<LINK_ONLY:MLIR> $<LINK_ONLY:LLVM>)
  if(SNN_ENABLE_PCH)
    target_precompile_headers(${name} REUSE_FROM SnnPch)
  endif()
endfunction()

# The two shared libraries, once, at the top of the link. Never name a component
# archive (MLIRIR, LLVMSupport, ...): Debian's refer to the shared libraries, so
# a second copy of MLIR would come in. Without the precompiled header: executables
# are position-independent in another way than libraries.
function(snn_link_mlir name)
  target_include_directories(${name} SYSTEM PRIVATE ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
  target_compile_options(${name} PRIVATE ${SNN_MLIR_OPTIONS})
  target_link_libraries(${name} PRIVATE MLIR LLVM)
endfunction()
