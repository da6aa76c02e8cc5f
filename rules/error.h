// The root of everything that kaoju throws. An Error's text is ready to show to a user: it names
// the thing (file, line, document), quotes the value and says what was expected.
#pragma once

#include <stdexcept>

namespace kaoju {

struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The rules, or a part of them, cannot be loaded (exit code 5).
struct RulesError : Error {
  using Error::Error;
};

// One document cannot be read; the batch goes on (exit code 2).
struct DocumentError : Error {
  using Error::Error;
};

// Input or output as a whole is broken: a disk is full, a file is missing, a database is read-only
// (exit code 4).
struct IoError : Error {
  using Error::Error;
};

}  // namespace kaoju
