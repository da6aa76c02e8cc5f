// Ingest: raw documents become articles, with the text as an editor sees it and the folded view
// that rules match on.
#pragma once

#include <string>

#include "extract/article.h"
#include "ingest/fold.h"
#include "ingest/reader.h"
#include "ingest/repair.h"

namespace kaoju {

// Immutable: threads may share it.
class Ingest {
 public:
  // Reads overlay.tsv and readings.tsv of `fold_dir`; throws RulesError.
  explicit Ingest(const std::string& fold_dir);

  // One article. A JSON line has the keys text or html, and id, title, url, source, published,
  // region, all strings; others are ignored and null is absent. A text or HTML file X.txt may have
  // X.meta.json with the same keys, less text and html, beside it. Without an id, a line is
  // path:line and a file its path. Throws DocumentError
  // ("path:line: reason") if the document cannot be used.
  Article Read(const RawDocument& raw) const;

  // Repairs and folds article.text.
  void Prepare(Article& article) const;

  const FoldTable& fold() const { return fold_; }

 private:
  Ingest(const std::string& fold_dir, const FoldMap& map);

  FoldTable fold_;
  ReadingTable readings_;
};

}  // namespace kaoju
