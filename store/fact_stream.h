// FactStream: the facts of a store one by one, for those who take them elsewhere.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/content.h"

namespace kaoju {

// Which facts to take; empty text: any.
struct StreamFilter {
  std::string kind;       // entity, time, figure, claim, relation
  std::string article;    // id
  std::string outlet;     // the article's source
  std::string first_day;  // YYYY-MM-DD; articles of this day or later
  std::string last_day;   // YYYY-MM-DD; articles of this day or earlier
  std::string name;       // an entity, a figure's subject, a claim's source or a role's value
  std::string metric;     // of a figure
  std::string rule;       // id
  std::string verdict;    // accept, reject, edit, unsure; open: none holds
  bool hidden = false;    // those, too, that a rejection hides
};

struct StreamedArticle {
  std::string id;
  std::string url;
  std::string title;
  std::string source;
  std::string published;
  std::string day;
  std::string region;
  std::string text;
  std::string text_sha256;
  std::string rules;    // id of the rule set
  std::string version;  // of the program that extracted it
};

struct StreamedRole {
  std::string name;
  std::string value;
  int64_t start = 0;
  int64_t end = 0;
};

struct StreamedFact {
  std::string_view kind;
  int64_t n = 0;      // its place among the article's facts of this kind
  int64_t start = 0;  // bytes of the article's text
  int64_t end = 0;
  std::string surface;
  std::string reading;                      // in the notation
  std::vector<ContentRow::Column> columns;  // what else its table says of it, in a fixed order
  std::vector<StreamedRole> roles;          // of a relation
  std::string rule;
  std::string rule_version;
  std::string verdict;  // the last one that holds; empty: none

  // The column's text; empty where the article does not say, or there is no such column.
  std::string Text(std::string_view column) const;
  std::optional<int64_t> Int(std::string_view column) const;
};

// One thread at a time may use it.
class FactStream {
 public:
  // Opens an existing store. Throws IoError, as its other functions do, and Error iff there is no
  // such kind.
  static FactStream Open(const std::string& path, const StreamFilter& filter);
  FactStream(FactStream&&) noexcept;
  ~FactStream();

  // The next fact: articles bytewise by id, in each the kinds in their order and facts by place.
  // False iff there is none.
  bool Next(StreamedFact& out);
  // The article of the last fact. REQUIRES Next said true.
  const StreamedArticle& article() const;

  // The names of StreamedFact::columns for a kind.
  std::vector<std::string> ColumnsOf(std::string_view kind) const;

 private:
  struct Impl;
  explicit FactStream(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kaoju
