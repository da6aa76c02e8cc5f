// kaoju_repairs FILE…: what ingest repairs in each document, as JSON Lines
// {"id", "encoding", "script", "region", "folded", "repairs": [{start, end, kind, certainty,
// before, after, left, right}]}. scripts/repairs.py reads it.
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>
#include <string_view>

#include "ingest/ingest.h"
#include "ingest/reader.h"
#include "rules/error.h"

namespace kaoju {
namespace {

using Json = rapidjson::Writer<rapidjson::StringBuffer>;

constexpr size_t kContext = 45;  // bytes on each side

void Write(Json& json, const char* key, std::string_view value) {
  json.Key(key);
  json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

std::string_view Left(std::string_view text, size_t end) {
  size_t begin = end < kContext ? 0 : end - kContext;
  while (!OnCodePoint(text, begin)) ++begin;
  return text.substr(begin, end - begin);
}

std::string_view Right(std::string_view text, size_t begin) {
  size_t end = std::min(text.size(), begin + kContext);
  while (end < text.size() && !OnCodePoint(text, end)) --end;
  return text.substr(begin, end - begin);
}

void Report(const Article& a, bool with_folded) {
  rapidjson::StringBuffer buffer;
  Json json(buffer);
  json.StartObject();
  Write(json, "id", a.id);
  Write(json, "encoding", a.decoding.chosen);
  Write(json, "script", a.script);
  Write(json, "region", a.region);
  if (with_folded) Write(json, "folded", a.folded);
  json.Key("repairs");
  json.StartArray();
  for (const Repair& r : a.repairs) {
    json.StartObject();
    json.Key("start");
    json.Uint(r.source.begin);
    json.Key("end");
    json.Uint(r.source.end);
    Write(json, "kind", r.kind);
    Write(json, "certainty", r.certainty);
    Write(json, "before", r.before);
    Write(json, "after", r.after);
    Write(json, "left", Left(a.text, r.source.begin));
    Write(json, "right", Right(a.text, r.source.end));
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  std::printf("%s\n", buffer.GetString());
}

int Run(int argc, char** argv) {
  const Ingest ingest(KAOJU_SOURCE_DIR "/rules");
  bool with_folded = false;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--folded") == 0) {
      with_folded = true;
      continue;
    }
    DocumentReader reader(argv[i]);
    for (RawDocument raw; reader.Next(raw);) {
      try {
        Report(ingest.Read(raw), with_folded);
      } catch (const DocumentError& error) {
        std::fprintf(stderr, "%s\n", error.what());
      }
    }
  }
  return 0;
}

}  // namespace
}  // namespace kaoju

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: kaoju_repairs [--folded] FILE...\n", stderr);
    return 1;
  }
  try {
    return kaoju::Run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "kaoju_repairs: %s\n", error.what());
    return 4;
  }
}
