#include "ingest/ingest.h"

#include <string>
#include <utility>

#include "ingest/document.h"
#include "rules/error.h"

namespace kaoju {
namespace {

// What the dateline says besides its place: a day of publication, and the authors of a page that
// names none.
void AddDateline(Article& article) {
  const Origin& origin = article.origin;
  if (!origin.day.empty() && !origin.day.starts_with('X')) {
    if (article.published_evidence.empty() && !article.published.empty())
      article.published_evidence.push_back({"given", article.published});
    article.published_evidence.push_back({"dateline", origin.day});
  }
  if (article.authors.empty()) article.authors = origin.reporters;
}

}  // namespace

Ingest::Ingest(const std::string& rules_dir)
    : map_(FoldMap::Load(rules_dir + "/fold")),
      fold_(map_),
      tables_(rules_dir + "/fold", map_),
      decoder_(rules_dir + "/fold", tables_),
      repairer_(rules_dir + "/fold", map_, tables_),
      regions_(rules_dir + "/fold"),
      pages_(rules_dir),
      datelines_(rules_dir, pages_) {}

Article Ingest::Read(const RawDocument& raw, bool with_raw) const {
  const std::string place = raw.path + ':' + std::to_string(raw.line);
  Article article;
  try {
    ReadDocument(raw, decoder_, pages_, with_raw, article);
  } catch (const DocumentError& error) {
    throw DocumentError(place + ": " + error.what());
  }
  if (article.id.empty()) {
    article.id = raw.place();
  }
  article.Publish(std::move(article.published));
  datelines_.Find(article);
  AddDateline(article);
  Prepare(article);
  return article;
}

JudgedHtml Ingest::JudgePage(const RawDocument& raw) const {
  try {
    const Page page = ReadPage(raw, decoder_);
    return JudgeHtml(page.html, page.url, pages_);
  } catch (const DocumentError& error) {
    throw DocumentError(raw.path + ':' + std::to_string(raw.line) + ": " + error.what());
  }
}

void Ingest::Prepare(Article& article) const {
  const Survey survey = repairer_.surveyor().Look(article.text);
  article.script = ScriptOf(survey);
  article.repairs = repairer_.Find(article.text, survey);
  Folded folded = fold_.Fold(article.text, article.repairs);
  article.folded = std::move(folded.text);
  article.alignment = std::move(folded.alignment);
  regions_.Find(article);
}

}  // namespace kaoju
