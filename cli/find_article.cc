#include "cli/find_article.h"

#include "rules/error.h"

namespace kaoju {

void SetPublished(const std::string& published, Article& article) {
  article.Publish(published);
  if (!article.day) throw Error("--published: no day in '" + published + "'");
}

Article FindArticle(const std::string& file, const std::string& doc, const std::string& published,
                    const Ingest& ingest, RawDocument* raw) {
  DocumentReader reader = ingest.Open(file);
  RawDocument here;
  std::string last_problem;
  while (reader.Next(here)) {
    try {
      Article a = ingest.Read(here, raw != nullptr);
      if (!doc.empty() && a.id != doc) continue;
      if (!published.empty()) SetPublished(published, a);
      if (raw != nullptr) *raw = std::move(here);
      return a;
    } catch (const DocumentError& e) {
      last_problem = e.what();
    }
  }
  if (!last_problem.empty()) throw IoError(last_problem);
  throw IoError(file + ": no document" + (doc.empty() ? "" : " with the id '" + doc + "'"));
}

}  // namespace kaoju
