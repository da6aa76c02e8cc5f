#include "cli/wikidata.h"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <algorithm>

#include "ingest/line_reader.h"
#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

using rapidjson::Value;

constexpr size_t kMostClassLine = 4096;  // bytes

// The languages whose names are taken, the nearest to simplified Chinese first.
constexpr const char* kLanguages[] = {"zh-hans", "zh-cn", "zh",    "zh-sg",
                                      "zh-hant", "zh-tw", "zh-hk", "zh-mo"};

const Value* Member(const Value& of, const char* key) {
  if (!of.IsObject()) return nullptr;
  const auto it = of.FindMember(key);
  return it == of.MemberEnd() ? nullptr : &it->value;
}

std::string Text(const Value* v) {
  return v != nullptr && v->IsString() ? std::string(v->GetString(), v->GetStringLength())
                                       : std::string();
}

void AddName(std::string name, WikidataEntity& out) {
  if (!name.empty() && std::find(out.names.begin(), out.names.end(), name) == out.names.end())
    out.names.push_back(std::move(name));
}

void ReadNames(const Value& entity, WikidataEntity& out) {
  const Value* labels = Member(entity, "labels");
  const Value* aliases = Member(entity, "aliases");
  for (const char* language : kLanguages) {
    const Value* label = labels == nullptr ? nullptr : Member(*labels, language);
    if (label != nullptr) AddName(Text(Member(*label, "value")), out);
  }
  for (const char* language : kLanguages) {
    const Value* all = aliases == nullptr ? nullptr : Member(*aliases, language);
    if (all == nullptr || !all->IsArray()) continue;
    for (const Value& alias : all->GetArray()) AddName(Text(Member(alias, "value")), out);
  }
}

// claims.P31[].mainsnak.datavalue.value.id
void ReadClasses(const Value& entity, WikidataEntity& out) {
  const Value* claims = Member(entity, "claims");
  const Value* all = claims == nullptr ? nullptr : Member(*claims, "P31");
  if (all == nullptr || !all->IsArray()) return;
  for (const Value& claim : all->GetArray()) {
    const Value* at = &claim;
    for (const char* key : {"mainsnak", "datavalue", "value", "id"}) {
      at = at == nullptr ? nullptr : Member(*at, key);
    }
    const std::string id = Text(at);
    if (!id.empty() && Text(Member(claim, "rank")) != "deprecated") out.classes.push_back(id);
  }
}

}  // namespace

bool ReadWikidataLine(std::string_view line, WikidataEntity& out) {
  out = {};
  const size_t first = line.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return false;
  line = line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
  if (line.ends_with(',')) line.remove_suffix(1);
  if (line == "[" || line == "]" || line.empty()) return false;
  if (const auto bad = FindInvalidUtf8(line))
    throw DocumentError("not UTF-8 at byte " + std::to_string(*bad));
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag>(line.data(), line.size());
  if (json.HasParseError()) {
    throw DocumentError("JSON: " + std::string(GetParseError_En(json.GetParseError())) +
                        " at byte " + std::to_string(json.GetErrorOffset()));
  }
  if (!json.IsObject()) throw DocumentError("an entity, a JSON object, expected");
  out.id = Text(Member(json, "id"));
  if (out.id.empty()) throw DocumentError("an entity without 'id'");
  ReadClasses(json, out);
  ReadNames(json, out);
  return true;
}

WikidataClasses::WikidataClasses(const std::string& path) {
  LineReader lines(path);
  std::string line;
  for (bool fits = true; lines.Next(kMostClassLine, line, fits);) {
    if (line.empty() || line.front() == '#') continue;
    const size_t one = line.find('\t');
    const size_t two = one == std::string::npos ? one : line.find('\t', one + 1);
    const size_t three = two == std::string::npos ? two : line.find('\t', two + 1);
    if (three == std::string::npos) {
      throw RulesError(path + ':' + std::to_string(lines.number()) +
                       ": class, type, flags and note expected, found '" + line + "'");
    }
    WikidataClass c{lines.number(), line.substr(one + 1, two - one - 1),
                    line.substr(two + 1, three - two - 1)};
    if (!classes_.emplace(line.substr(0, one), std::move(c)).second) {
      throw RulesError(path + ':' + std::to_string(lines.number()) + ": the class '" +
                       line.substr(0, one) + "' stands twice");
    }
  }
}

const WikidataClass* WikidataClasses::Of(const WikidataEntity& entity) const {
  const WikidataClass* best = nullptr;
  for (const std::string& id : entity.classes) {
    const auto it = classes_.find(id);
    if (it != classes_.end() && (best == nullptr || it->second.rank < best->rank))
      best = &it->second;
  }
  return best;
}

}  // namespace kaoju
