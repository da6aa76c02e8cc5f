#include "extract/document.h"

namespace kaoju {

KnownTypes::KnownTypes(const SymbolTable& symbols) {
  const auto find = [&](std::string_view name) { return symbols.Find(name).value_or(kNoType); };
  number = find("NUMBER");
  date = find("DATE");
  duration = find("DURATION");
  set = find("SET");
  figure = find("FIGURE");
  opaque = find("OPAQUE");
  person = find("PERSON");
  org = find("ORG");
  product = find("PRODUCT");
  place = find("PLACE");
  media = find("MEDIA");
  event = find("EVENT");
  work = find("WORK");
  other = find("OTHER");
}

TypeId KnownTypes::OfKind(std::string_view kind) const {
  const std::pair<std::string_view, TypeId> kinds[] = {
      {"number", number},   {"person", person}, {"org", org},
      {"product", product}, {"place", place},   {"media", media},
      {"event", event},     {"work", work},     {"other", other}};
  for (const auto& [name, type] : kinds) {
    if (name == kind) return type;
  }
  return kNoType;
}

bool KnownTypes::IsMention(TypeId t) const {
  return t != kNoType && (t == person || t == org || t == product || t == place || t == media ||
                          t == event || t == work || t == other);
}

}  // namespace kaoju
