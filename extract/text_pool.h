// TextPool: the strings that an extraction makes and its facts point into.
#pragma once

#include <cstring>
#include <memory_resource>
#include <string_view>

namespace kaoju {

class TextPool {
 public:
  // A copy of `text` that lives as long as the pool.
  std::string_view Keep(std::string_view text) {
    if (text.empty()) return {};
    char* to = static_cast<char*>(memory_.allocate(text.size(), 1));
    std::memcpy(to, text.data(), text.size());
    return {to, text.size()};
  }

 private:
  std::pmr::monotonic_buffer_resource memory_{2048};
};

}  // namespace kaoju
