#include "store/verdict.h"

#include "rules/hash.h"

namespace kaoju {

std::string HashOf(const Verdict& v) {
  std::string bytes;
  const auto text = [&](std::string_view name, std::string_view value) {
    bytes.append(name) += ' ' + std::to_string(value.size()) + ' ';
    bytes.append(value) += '\n';
  };
  const auto number = [&](std::string_view name, int64_t value) {
    text(name, std::to_string(value));
  };
  text("previous", v.previous);
  number("place", v.place);
  text("at", v.at);
  text("who", v.who);
  text("decision", v.decision);
  text("why", v.why);
  text("edited", v.edited);
  text("scope", v.scope);
  text("within", v.within);
  text("article", v.judged.article);
  text("text_sha256", v.judged.text_sha256);
  text("kind", v.judged.kind);
  number("start_byte", v.judged.start);
  number("end_byte", v.judged.end);
  text("surface", v.judged.surface);
  text("reading", v.judged.reading);
  text("rule", v.judged.rule);
  text("rule_version", v.judged.rule_version);
  text("passage", v.judged.passage);
  number("passage_start", v.judged.passage_start);
  return Sha256(bytes);
}

}  // namespace kaoju
