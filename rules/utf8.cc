#include "rules/utf8.h"

#include <unicode/utf8.h>

#include "rules/symbols.h"

namespace kaoju {

bool IsRuleText(std::string_view text) {
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, size, c);
    if (c < 0 || IsSymbol(static_cast<char32_t>(c))) return false;
  }
  return true;
}

}  // namespace kaoju
