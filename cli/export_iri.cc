#include <algorithm>
#include <array>

#include "cli/export.h"
#include "rules/hash.h"

namespace kaoju {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

bool IsUnreserved(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~' || c >= 0x80;
}

// What N-Triples' IRIREF allows, for the schemes that lead to a page.
bool IsWebIri(std::string_view url) {
  if (!url.starts_with("http://") && !url.starts_with("https://")) return false;
  return std::none_of(url.begin(), url.end(), [](unsigned char c) {
    return c <= 0x20 || c == '<' || c == '>' || c == '"' || c == '{' || c == '}' || c == '|' ||
           c == '^' || c == '`' || c == '\\';
  });
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kClasses = {{
    {"person", "Person"},
    {"org", "Organization"},
    {"media", "NewsMediaOrganization"},
    {"place", "Place"},
    {"product", "Product"},
    {"event", "Event"},
    {"work", "CreativeWork"},
    {"anonymous", "Person"},
    {"author", "Person"},
}};

}  // namespace

std::string IriPart(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (IsUnreserved(byte)) {
      out += c;
    } else {
      out += {'%', kHex[byte >> 4], kHex[byte & 0xF]};
    }
  }
  return out;
}

std::string IriOf(const StreamedArticle& article, const std::string& base) {
  return IsWebIri(article.url) ? article.url : base + "article:" + IriPart(article.id);
}

std::string IriOf(const StreamedArticle& article, const StreamedFact& fact,
                  const std::string& base) {
  std::string key = article.id;
  for (const std::string& part :
       {article.text_sha256, std::string(fact.kind), std::to_string(fact.start),
        std::to_string(fact.end), fact.reading, fact.rule})
    key += '\0' + part;
  return base + "fact:" + Sha256(key);
}

std::string_view SchemaClass(std::string_view type) {
  for (const auto& [name, schema] : kClasses) {
    if (name == type) return schema;
  }
  return "Thing";
}

}  // namespace kaoju
