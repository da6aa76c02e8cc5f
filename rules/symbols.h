// Symbols: the alphabet beyond characters. Each type of thing that a layer can see (a lexicon class
// such as CUE, or a kind of fact such as PERSON) has one private-use code point, U+E000 + id.
// Private-use code points of the input are mapped away in the folded view, so no text can forge a
// symbol.
#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kaoju {

using TypeId = uint16_t;

inline constexpr char32_t kFirstSymbol = 0xE000;
inline constexpr size_t kMaxTypes = 256;

using TypeSet = std::bitset<kMaxTypes>;

// The symbols of facts: what a layer finds stands as one of these in the layers above it.
inline constexpr const char* kFactTypes[] = {"NUMBER", "DATE", "DURATION", "SET",   "FIGURE",
                                             "PERSON", "ORG",  "PRODUCT",  "PLACE", "MEDIA",
                                             "EVENT",  "WORK", "OTHER"};

inline bool IsSymbol(char32_t c) { return c >= kFirstSymbol && c < kFirstSymbol + kMaxTypes; }

// The three bytes of the symbol of `type`.
inline std::string SymbolUtf8(TypeId type) {
  const char32_t c = kFirstSymbol + type;
  return {static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 0x3F)),
          static_cast<char>(0x80 | (c & 0x3F))};
}

class SymbolTable {
 public:
  // The id of `name`, made when it is new. Throws RulesError when there are more than kMaxTypes.
  TypeId Intern(std::string_view name);
  std::optional<TypeId> Find(std::string_view name) const;
  const std::string& Name(TypeId id) const { return names_[id]; }
  size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
  std::map<std::string, TypeId, std::less<>> ids_;
};

}  // namespace kaoju
