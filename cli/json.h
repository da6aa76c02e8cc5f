// What every --json shares: RapidJSON's writer, with keys that take views and counts.
#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstddef>
#include <string_view>

#include "store/content.h"

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

inline void PutValue(JsonWriter& w, const ContentRow::Value& value) {
  if (const auto* n = std::get_if<int64_t>(&value)) {
    w.Int64(*n);
  } else if (const auto* real = std::get_if<double>(&value)) {
    w.Double(*real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    w.String(text->data(), static_cast<rapidjson::SizeType>(text->size()));
  } else {
    w.Null();
  }
}

}  // namespace kaoju
