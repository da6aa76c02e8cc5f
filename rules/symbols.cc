#include "rules/symbols.h"

#include "rules/error.h"

namespace kaoju {

TypeId SymbolTable::Intern(std::string_view name) {
  if (const auto it = ids_.find(name); it != ids_.end()) return it->second;
  if (names_.size() >= kMaxTypes) {
    throw RulesError("more than " + std::to_string(kMaxTypes) + " symbol types, at '" +
                     std::string(name) + "'");
  }
  const auto id = static_cast<TypeId>(names_.size());
  names_.emplace_back(name);
  ids_.emplace(name, id);
  return id;
}

std::optional<TypeId> SymbolTable::Find(std::string_view name) const {
  const auto it = ids_.find(name);
  if (it == ids_.end()) return std::nullopt;
  return it->second;
}

}  // namespace kaoju
