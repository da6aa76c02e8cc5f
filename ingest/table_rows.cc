#include "ingest/table_rows.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <deque>
#include <utility>
#include <vector>

#include "ingest/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kPiece = size_t{1} << 16;
constexpr size_t kMaxCells = 10'000;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The separator that stands most often in the first line.
unsigned char SeparatorIn(std::string_view head) {
  head = head.substr(0, head.find('\n'));
  unsigned char best = CSV_COMMA;
  ptrdiff_t most = 0;
  for (const char c : {',', '\t', ';'}) {
    const ptrdiff_t count = std::count(head.begin(), head.end(), c);
    if (count > most) best = static_cast<unsigned char>(c);
    most = std::max(most, count);
  }
  return best;
}

// What a column gives: a member of the meta, or the bytes.
using Column = std::string DocumentMeta::*;
struct NamedColumn {
  std::string_view name;
  Column column;
};
constexpr std::array<NamedColumn, 7> kColumns = {{
    {"id", &DocumentMeta::id},
    {"url", &DocumentMeta::url},
    {"title", &DocumentMeta::title},
    {"source", &DocumentMeta::source},
    {"published", &DocumentMeta::published},
    {"region", &DocumentMeta::region},
    {"charset", &DocumentMeta::charset},
}};

class TableReader : public DocumentSource {
 public:
  TableReader(LineReader lines, Limits limits) : lines_(std::move(lines)), limits_(limits) {
    csv_init(&parser_, 0);
  }
  ~TableReader() override { csv_free(&parser_); }
  TableReader(const TableReader&) = delete;
  TableReader& operator=(const TableReader&) = delete;

  bool Next(RawDocument& out) override {
    while (ready_.empty() && !ended_) ReadPiece();
    if (ready_.empty()) return false;
    out = std::move(ready_.front());
    ready_.pop_front();
    return true;
  }
  size_t position() const override { return lines_.position(); }

 private:
  void ReadPiece() {
    std::string_view rest = lines_.Peek();
    lines_.Skip(rest.size());
    if (std::exchange(first_, false)) {
      if (rest.starts_with(kByteOrderMark)) rest.remove_prefix(kByteOrderMark.size());
      csv_set_delim(&parser_, SeparatorIn(rest));
    }
    if (rest.empty()) {
      csv_fini(&parser_, OnCell, OnRow, this);
      ended_ = true;
      return;
    }
    if (csv_parse(&parser_, rest.data(), rest.size(), OnCell, OnRow, this) != rest.size())
      return Stop(csv_strerror(csv_error(&parser_)));
    if (row_bytes_ + csv_get_buffer_size(&parser_) > limits_.document_bytes * 2 + kPiece)
      Stop("row is longer than " + std::to_string(limits_.document_bytes) +
           " bytes: is a quote not closed?");
  }

  // Nothing behind can be told apart.
  void Stop(const std::string& problem) {
    ended_ = true;
    Add().problem = problem + "; the rows behind it are not read";
  }

  static void OnCell(void* cell, size_t size, void* self) {
    static_cast<TableReader*>(self)->TakeCell({static_cast<const char*>(cell), size});
  }
  static void OnRow(int, void* self) { static_cast<TableReader*>(self)->TakeRow(); }

  void TakeCell(std::string_view cell) {
    row_bytes_ += cell.size() + 1;
    const bool wanted = row_bytes_ <= limits_.document_bytes;
    if (row_.size() <= kMaxCells) row_.emplace_back(wanted ? cell : std::string_view());
  }

  RawDocument& Add() {
    ready_.emplace_back();
    ready_.back().part = true;
    ready_.back().line = number_ + 1;
    return ready_.back();
  }

  void TakeRow() {
    const size_t bytes = std::exchange(row_bytes_, 0);
    const std::vector<std::string> row = std::exchange(row_, {});
    if (std::all_of(row.begin(), row.end(), [](const std::string& c) { return c.empty(); }) &&
        bytes <= limits_.document_bytes)
      return;
    if (number_ == 0) {
      TakeNames(row);
    } else if (bytes > limits_.document_bytes) {
      Add().problem = "row is longer than " + std::to_string(limits_.document_bytes) + " bytes";
    } else if (named_) {
      TakeDocument(row);
    }
    ++number_;
  }

  void TakeNames(const std::vector<std::string>& row) {
    for (const std::string& cell : row) names_.push_back(LowerAscii(cell));
    const auto has = [&](std::string_view name) {
      return std::find(names_.begin(), names_.end(), name) != names_.end();
    };
    named_ = has("text") || has("html");
    if (named_) return;
    Add().problem = "no column is called \"text\" or \"html\"";
    ended_ = true;
  }

  void TakeDocument(const std::vector<std::string>& row) {
    RawDocument& out = Add();
    if (row.size() > names_.size()) {
      out.problem = "has " + std::to_string(row.size()) + " cells; there are " +
                    std::to_string(names_.size()) + " columns";
      return;
    }
    for (size_t i = 0; i < row.size(); ++i) {
      if (names_[i] == "author" && !row[i].empty()) out.meta.authors = {row[i]};
      const bool html = names_[i] == "html" && !row[i].empty();
      if (html) out.format = RawDocument::Format::kHtml;
      if (html || (names_[i] == "text" && out.bytes.empty())) out.bytes = row[i];
      for (const NamedColumn& column : kColumns) {
        if (column.name == names_[i]) out.meta.*column.column = row[i];
      }
    }
  }

  LineReader lines_;
  Limits limits_;
  csv_parser parser_{};
  bool first_ = true;
  bool ended_ = false;
  bool named_ = false;
  std::vector<std::string> names_;
  std::vector<std::string> row_;
  size_t row_bytes_ = 0;
  size_t number_ = 0;  // of the last row
  std::deque<RawDocument> ready_;
};

}  // namespace

std::unique_ptr<DocumentSource> ReadTableRows(LineReader lines, Limits limits) {
  return std::make_unique<TableReader>(std::move(lines), limits);
}

}  // namespace kaoju
