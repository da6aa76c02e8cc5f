#include "ingest/json_string.h"

#include <charconv>
#include <cstdint>
#include <string>

#include "ingest/utf8.h"

namespace kaoju {
namespace {

uint32_t HexAt(std::string_view json, size_t at) {
  uint32_t value = 0;
  const std::string_view digits = json.substr(at, 4);
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value;
}

}  // namespace

Alignment AlignJsonString(std::string_view json, size_t begin) {
  Alignment result;
  const auto add = [&](size_t at, size_t size, size_t target, size_t target_size) {
    result.Add({static_cast<uint32_t>(at), static_cast<uint32_t>(size),
                static_cast<uint32_t>(target), static_cast<uint32_t>(target_size)});
  };
  add(0, begin, 0, 0);
  size_t target = 0;
  size_t at = begin;
  while (at < json.size() && json[at] != '"') {
    if (json[at] != '\\') {
      ++at;
      ++target;
      continue;
    }
    size_t size = 2;
    size_t written = 1;
    if (at + 1 < json.size() && json[at + 1] == 'u') {
      size = 6;
      const uint32_t unit = HexAt(json, at + 2);
      const bool pair = unit >= 0xD800 && unit <= 0xDBFF && json.substr(at + 6).starts_with("\\u");
      if (pair) size = 12;
      const char32_t c = unit;
      written = pair ? 4 : ToUtf8({&c, 1}).size();
    }
    add(at, size, target, written);
    at += size;
    target += written;
  }
  // The rest of the line belongs to no character, so no run takes it in.
  return result;
}

}  // namespace kaoju
