// Migrations: the SQL of each step from an empty file to the newest schema. A released one never
// changes; comments behind columns are their documentation (schema.h).
#pragma once

#include <span>

namespace kaoju {

// In order; PRAGMA user_version counts those that a file has had.
std::span<const char* const> Migrations();

}  // namespace kaoju
