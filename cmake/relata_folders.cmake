# One CMake target a folder of src/: every *.cpp in it, with the tests that stand beside them
# (x_test.cpp) in an executable of their own.

include(GNUInstallDirs)

add_library(relata_settings INTERFACE)
target_include_directories(relata_settings INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/generated)
target_compile_options(relata_settings INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual)
# GCC 12 warns of overlapping copies inside std::string operator+ where there are none
# (https://gcc.gnu.org/bugzilla/show_bug.cgi?id=105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(relata_settings INTERFACE -Wno-restrict)
endif()
if(RELATA_SANITIZE)
  target_compile_options(relata_settings INTERFACE -fsanitize=${RELATA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(relata_settings INTERFACE -fsanitize=${RELATA_SANITIZE})
endif()

# relata_folder(NAME [DEPENDS target...]): the library relata_NAME from this folder's sources.
function(relata_folder name)
  cmake_parse_arguments(arg "" "" "DEPENDS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  if(sources)
    add_library(relata_${name} STATIC ${sources})
    target_link_libraries(relata_${name} PUBLIC relata_settings ${arg_DEPENDS})
  else()
    add_library(relata_${name} INTERFACE)
    target_link_libraries(relata_${name} INTERFACE relata_settings ${arg_DEPENDS})
  endif()
  if(RELATA_TESTS AND tests)
    add_executable(relata_${name}_test ${tests})
    target_link_libraries(relata_${name}_test PRIVATE relata_${name} GTest::gtest_main)
    target_compile_definitions(relata_${name}_test PRIVATE RELATA_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND relata_${name}_test)
  endif()
endfunction()
