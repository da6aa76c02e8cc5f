// Datelines: what the first line of a report says of where it is from
// (新华社北京7月17日电（记者…）), and its last line of what it is drawn from
// (综合新华社、路透社报道).
#pragma once

#include <re2/re2.h>
#include <re2/set.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "extract/article.h"
#include "ingest/page_tables.h"

namespace kaoju {

class Datelines {
 public:
  // Reads page/datelines.tsv in the folder of the rules; throws RulesError. `tables` must outlive
  // it.
  Datelines(const std::string& rules_dir, const PageTables& tables);

  // Fills article.origin from its text. Days that the dateline gives in part are taken to be the
  // nearest to article.day; without that, as far as they go: XXXX-07-17. Looks at a bounded part
  // of the text.
  void Find(Article& article) const;

 private:
  struct Pattern {
    std::string place;  // in the table, for messages
    std::unique_ptr<RE2> regex;
  };
  // Patterns that are tried at once.
  struct Patterns {
    std::vector<Pattern> all;
    std::unique_ptr<RE2::Set> set;

    void Add(const std::string& regex, const std::string& place);
    void Compile();
    // The first one that fits the beginning of the line; nullptr: none.
    const RE2* Fitting(std::string_view line) const;
  };

  void ReadFirst(Article& article) const;
  void ReadLast(Article& article) const;

  // 6 of "6" and "六"; 0 of what is no number.
  int Number(const std::string& written) const;

  const PageTables& tables_;
  std::vector<std::string> counts_;  // the nth says n
  Patterns begins_;
  Patterns ends_;
};

}  // namespace kaoju
