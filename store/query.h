// Query: read-only questions to the fact store, answered with plain structs.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "store/verdict.h"

namespace kaoju {

struct CountRow {
  std::string name;
  int64_t count = 0;
};

struct RunRow {
  int64_t id = 0;
  std::string rules;
  std::string version;
  int64_t docs = 0;
  int64_t failed = 0;
  int64_t facts = 0;
  bool complete = false;
};

struct Summary {
  int64_t articles = 0;
  int64_t rules = 0;              // versions of rules kept
  std::vector<CountRow> facts;    // by kind: entity, time, figure, claim, relation
  std::vector<CountRow> figures;  // by kind of figure, most frequent first
  std::vector<RunRow> runs;       // the last few, newest first
};

// Empty text and 0 mean: any.
struct FactFilter {
  std::string kind;     // entity, time, figure, claim, relation
  std::string article;  // id
  std::string name;     // an entity, a figure's subject, a claim's source or a role's value
  int64_t limit = 0;
  bool hidden = false;  // those, too, that a rejection hides
};

struct FactRow {
  std::string kind;
  std::string article;  // id
  int64_t start = 0;    // byte in the article's text
  int64_t end = 0;
  std::string surface;
  std::string detail;  // the notation without the surface: money(at_least 1000000000 CNY, metric=…)
  std::string rule;
  std::string verdict;  // the last one that holds: accept, reject, edit, unsure; empty: none
};

struct NameRow {
  std::string name;
  std::string kind;  // type of entity or kind of source
  int64_t facts = 0;
  int64_t articles = 0;
};

// Claims of a group of articles, by the kind of their source.
struct SourcesRow {
  std::string group;  // an outlet or a day; may be empty
  int64_t claims = 0;
  int64_t persons = 0;  // named, as the next two
  int64_t orgs = 0;
  int64_t media = 0;
  int64_t anonymous = 0;
  int64_t author = 0;
  int64_t articles = 0;  // with a claim
};

enum class SourcesBy { kOutlet, kDay };

struct ArticleRow {
  std::string id;
  std::string day;
  std::string source;
  std::string region;
  std::string title;
  int64_t facts = 0;
};

struct FailureRow {
  std::string path;
  int64_t line = 0;
  std::string reason;
};

// An article of a group, or an excerpt of another.
struct DuplicateRow {
  std::string lead;  // id of the earliest
  std::string article;
  std::string day;
  std::string source;
  std::string kind;
  double share = 0;
  std::string title;
};

// A text that an article had before.
struct RevisionRow {
  std::string article;
  int64_t n = 0;
  int64_t run = 0;  // that found the next one
  std::string change;
  std::string title;
};

// A page of bytes that a text was read from.
struct ProvenanceRow {
  std::string article;
  int64_t revision = 0;  // number of the older text; 0: the text as it is
  int64_t n = 0;         // of the page, from 0
  std::string path;
  int64_t line = 0;
  int64_t size = 0;
  std::string sha256;
  bool kept = false;
};

// Whether verdicts hold (carry.h); empty: any.
struct VerdictFilter {
  std::string article;
  bool open_only = false;  // those that an editor has to look at again: revalued, ambiguous
  int64_t limit = 0;
};

struct VerdictRow {
  Verdict verdict;
  std::string standing;
};

// A fact that runs have added or removed.
struct ChangeRow {
  bool added = false;
  std::string article;  // id
  std::string kind;
  int64_t start = 0;
  int64_t end = 0;
  std::string surface;
  std::string reading;
  std::string rule;
  std::string rule_version;
  std::string decision;  // the last verdict on the fact, given while it was there; empty: none
};

// One thread at a time may use a Query.
class Query {
 public:
  // Opens an existing store. Throws IoError, as its other functions do.
  static Query Open(const std::string& path);
  Query(Query&&) noexcept;
  ~Query();

  Summary Summarize();
  // In order of arrival of the articles, then by start, end, kind and rule.
  std::vector<FactRow> Facts(const FactFilter& filter);
  // The entities and the speakers of claims named most often, then by name. `type` empty: of any
  // type; 0: all of them.
  std::vector<NameRow> TopEntities(const std::string& type, int64_t limit);
  std::vector<NameRow> TopSources(int64_t limit);
  // Outlets with most claims first; days in order.
  std::vector<SourcesRow> Sources(SourcesBy by, int64_t limit);
  // In order of arrival. `id` empty: all.
  std::vector<ArticleRow> Articles(const std::string& id, int64_t limit);
  // The documents that could not be read, by path and line.
  std::vector<FailureRow> Failures(int64_t limit);
  // By group, the lead first, then by day. `id`: the groups of this article; empty: all.
  std::vector<DuplicateRow> Duplicates(const std::string& id, int64_t limit);
  // `id` empty: of all articles, in order of arrival.
  std::vector<RevisionRow> Revisions(const std::string& id, int64_t limit);
  // `id` empty: of all articles, in order of arrival; of each the text as it is first, then older
  // ones.
  std::vector<ProvenanceRow> Provenances(const std::string& id, int64_t limit);
  // The bytes of that page. Throws Error where they are not kept, or are not those that they should
  // be.
  std::string RawBytes(const ProvenanceRow& page);
  // In their order, the last first.
  std::vector<VerdictRow> Verdicts(const VerdictFilter& filter);
  // What the runs after `first` up to `last` have changed in all, of articles that were there
  // before; by rule, article and place. Throws Error unless both runs are there, in this order.
  std::vector<ChangeRow> Changes(int64_t first, int64_t last);

 private:
  struct Impl;
  explicit Query(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kaoju
