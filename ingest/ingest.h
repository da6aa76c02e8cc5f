// Ingest: raw documents become articles, with the text as an editor sees it and the folded view
// that rules match on.
#pragma once

#include <string>
#include <vector>

#include "extract/article.h"
#include "ingest/characters.h"
#include "ingest/dateline.h"
#include "ingest/decode.h"
#include "ingest/fold.h"
#include "ingest/html.h"
#include "ingest/page_tables.h"
#include "ingest/reader.h"
#include "ingest/region.h"
#include "ingest/repairer.h"

namespace kaoju {

// Immutable: threads may share it.
class Ingest {
 public:
  // Reads the tables of fold/, page/ and sites/ in the folder of the rules; throws RulesError.
  explicit Ingest(const std::string& rules_dir);
  Ingest(const Ingest&) = delete;
  Ingest& operator=(const Ingest&) = delete;

  // The documents of an input, with all that it takes to read any of them. The reader must not
  // outlive this.
  DocumentReader Open(const std::string& path, Limits limits = {}) const {
    return DocumentReader(path, limits, &decoder_, &pages_);
  }

  // One article. A JSON line has the keys text or html, and id, title, url, source, published,
  // region, charset, all strings; null is absent, and other keys are kept in Article::extra. A text
  // or HTML file X.txt may have X.meta.json with the same keys, less text and html, beside it;
  // charset is what the server said. Without an id, a line is path:line and a file its path.
  // `with_raw` fills Article::raw; of a document of several pages it is one from the bytes of all
  // of them, one behind the other. Throws DocumentError ("path:line: reason") if the document
  // cannot be used.
  Article Read(const RawDocument& raw, bool with_raw = false) const;

  // The lines of a web page, each with why it is in the text or is not; a page as HTML or in a JSON
  // line. Throws as Read.
  JudgedHtml JudgePage(const RawDocument& raw) const;

  // Surveys, repairs and folds article.text, and says where it is from unless that is given.
  void Prepare(Article& article) const;

  const FoldTable& fold() const { return fold_; }
  const CharacterTables& tables() const { return tables_; }
  const Decoder& decoder() const { return decoder_; }
  const Repairer& repairer() const { return repairer_; }
  const PageTables& pages() const { return pages_; }

 private:
  FoldMap map_;
  FoldTable fold_;
  CharacterTables tables_;
  Decoder decoder_;
  Repairer repairer_;
  RegionFinder regions_;
  PageTables pages_;
  Datelines datelines_;
};

}  // namespace kaoju
