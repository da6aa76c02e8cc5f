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
  modal = find("MODAL");
  negation = find("NEGATION");
  source_end = find("SOURCE_END");
  person = find("PERSON");
  org = find("ORG");
  product = find("PRODUCT");
  place = find("PLACE");
  media = find("MEDIA");
  event = find("EVENT");
  work = find("WORK");
  other = find("OTHER");
  for (const TypeId t : {person, org, product, place, media, event, work, other}) {
    if (t != kNoType) mentions_.set(t);
  }
  for (const TypeId t : {date, duration, set}) {
    if (t != kNoType) times_.set(t);
  }
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

}  // namespace kaoju
