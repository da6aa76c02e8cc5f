// What every --json shares: RapidJSON's writer, with keys that take views and counts.
#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstddef>
#include <string_view>

namespace kaoju {

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

inline void PutText(JsonWriter& w, const char* key, std::string_view value) {
  w.Key(key);
  w.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

inline void PutCount(JsonWriter& w, const char* key, size_t n) {
  w.Key(key);
  w.Uint64(n);
}

}  // namespace kaoju
