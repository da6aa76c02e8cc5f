#include "ingest/archive.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "ingest/http_message.h"
#include "ingest/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kMaxLine = size_t{1} << 16;   // of a header
constexpr size_t kMaxHead = size_t{1} << 20;   // all headers of a record
constexpr size_t kMaxRoom = size_t{64} << 10;  // that a response may take besides its body

// What stands before the block of a record.
struct RecordHead {
  bool page = false;  // may be a document
  bool http = false;  // the block is a response as sent
  std::string media_type;
  std::string charset;
  std::string url;
  size_t size = 0;
};

bool IsText(std::string_view media_type) {
  constexpr std::array<std::string_view, 3> kTypes = {"text/html", "application/xhtml+xml",
                                                      "text/plain"};
  return std::find(kTypes.begin(), kTypes.end(), media_type) != kTypes.end();
}

std::optional<size_t> ToSize(std::string_view text) {
  size_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return size;
}

// What both formats share. A format reads heads, and says where one may begin.
class ArchiveReader : public DocumentSource {
 public:
  ArchiveReader(LineReader lines, Limits limits) : lines_(std::move(lines)), limits_(limits) {}

  bool Next(RawDocument& out) override {
    while (!ended_) {
      out = {};
      out.part = true;
      try {
        const bool document = ReadRecord(out);
        out.line = number_;
        if (document) return true;
      } catch (const BrokenStream& e) {
        const std::string_view what = e.what();
        out.problem = what.substr(what.find(": ") + 2);
        out.line = ++number_;
        ended_ = !lines_.Recover();
        lost_ = false;
        return true;
      }
    }
    return false;
  }
  size_t position() const override { return lines_.position(); }

 protected:
  virtual bool IsHead(std::string_view line) const = 0;
  // Reads what else belongs to the head that begins with `line`. Throws DocumentError.
  virtual RecordHead ReadHead(const std::string& line) = 0;

  // A line of a head, without its end; false: the input ends. Throws DocumentError if it is too
  // long.
  bool HeadLine(std::string& line) {
    bool fits = true;
    if (!lines_.Next(kMaxLine, line, fits)) return false;
    if (!fits)
      throw DocumentError("a header is longer than " + std::to_string(kMaxLine) + " bytes");
    if (line.ends_with('\r')) line.pop_back();
    return true;
  }

 private:
  // True iff `out` is a document. Sets ended_ where there is no further record.
  bool ReadRecord(RawDocument& out) {
    std::string line;
    if (!FindHead(line)) {
      ended_ = true;
      return false;
    }
    if (!IsHead(line)) {
      ++number_;
      lost_ = true;
      out.problem = "no record begins where one should";
      return true;
    }
    ++number_;
    lost_ = false;
    try {
      const RecordHead head = ReadHead(line);
      if (!head.page) return SkipBlock(head.size);
      return ReadPage(head, out);
    } catch (const DocumentError& e) {
      out.problem = e.what();
      lost_ = true;
      return true;
    }
  }

  // The first line that is not empty, or, where records were lost, that begins a new one.
  bool FindHead(std::string& line) {
    for (bool fits = true; lines_.Next(kMaxLine, line, fits);) {
      if (line.ends_with('\r')) line.pop_back();
      if (lost_ ? IsHead(line) : !line.empty() || !fits) return true;
    }
    return false;
  }

  // Always false: no document.
  bool SkipBlock(size_t size) {
    for (size_t left = size; left > 0;) {
      const size_t here = std::min(left, lines_.Peek().size());
      if (here == 0) throw DocumentError(CutShort(size, size - left));
      lines_.Skip(here);
      left -= here;
    }
    return false;
  }

  static std::string CutShort(size_t size, size_t read) {
    return "ends after " + std::to_string(read) + " of " + std::to_string(size) + " bytes";
  }

  bool ReadPage(const RecordHead& head, RawDocument& out) {
    out.meta.url = out.meta.id = head.url;
    if (head.size > limits_.document_bytes + kMaxRoom) {
      out.problem = "record is longer than " + std::to_string(limits_.document_bytes) + " bytes";
      SkipBlock(head.size);
      return true;
    }
    std::string block;
    while (block.size() < head.size) {
      const std::string_view piece = lines_.Peek().substr(0, head.size - block.size());
      if (piece.empty()) throw DocumentError(CutShort(head.size, block.size()));
      block += piece;
      lines_.Skip(piece.size());
    }
    return head.http ? TakeResponse(block, out)
                     : Take(head.media_type, head.charset, std::move(block), out);
  }

  bool TakeResponse(std::string_view block, RawDocument& out) {
    const auto response = ParseHttp(block);
    if (!response) {
      out.problem = "the response has no status line";
      return true;
    }
    if (response->status < 200 || response->status > 299) return false;
    const std::string type = response->media_type();
    if (!type.empty() && !IsText(type)) return false;
    try {
      return Take(type, response->charset(), DecodeBody(*response, limits_.document_bytes), out);
    } catch (const DocumentError& e) {
      out.problem = e.what();
      return true;
    }
  }

  static bool Take(const std::string& type, std::string charset, std::string bytes,
                   RawDocument& out) {
    if (!type.empty() && !IsText(type)) return false;
    out.format = type == "text/plain" ? RawDocument::Format::kText : RawDocument::Format::kHtml;
    out.meta.charset = std::move(charset);
    out.bytes = std::move(bytes);
    return true;
  }

  LineReader lines_;
  Limits limits_;
  size_t number_ = 0;  // of the last record
  bool lost_ = false;  // behind what is damaged: the next record is to be looked for
  bool ended_ = false;
};

class WarcReader : public ArchiveReader {
 public:
  using ArchiveReader::ArchiveReader;

 private:
  bool IsHead(std::string_view line) const override { return line.starts_with("WARC/"); }

  RecordHead ReadHead(const std::string&) override {
    const std::map<std::string, std::string> fields = ReadFields();
    const auto field = [&](const char* name) {
      const auto at = fields.find(name);
      return at == fields.end() ? std::string() : at->second;
    };
    const auto size = ToSize(field("content-length"));
    if (!size) {
      throw DocumentError("Content-Length: a number was expected, not '" + field("content-length") +
                          "'");
    }
    RecordHead head;
    head.size = *size;
    const std::string type = LowerAscii(field("warc-type"));
    head.page = type == "response" || type == "resource" || type == "conversion";
    head.media_type = MediaType(field("content-type"));
    head.charset = CharsetOf(field("content-type"));
    head.http = head.media_type == "application/http";
    if (head.page && !head.http) head.page = IsText(head.media_type);
    head.url = field("warc-target-uri");
    if (head.url.find("metadata:") <= 1) head.page = false;    // notes of the crawler
    if (head.url.starts_with('<') && head.url.ends_with('>'))  // as some versions of wget write it
      head.url = head.url.substr(1, head.url.size() - 2);
    return head;
  }

  // Names in lower case; of several the first.
  std::map<std::string, std::string> ReadFields() {
    constexpr std::string_view kBlank = " \t";
    std::map<std::string, std::string> fields;
    std::string* last = nullptr;
    size_t bytes = 0;
    for (std::string line; HeadLine(line) && !line.empty();) {
      bytes += line.size();
      if (bytes > kMaxHead)
        throw DocumentError("headers are longer than " + std::to_string(kMaxHead) + " bytes");
      const size_t begin = line.find_first_not_of(kBlank);
      if (begin != 0) {
        if (last != nullptr && begin != line.npos) *last += ' ' + line.substr(begin);
        continue;
      }
      const size_t colon = line.find(':');
      if (colon == line.npos) continue;
      const size_t value = std::min(line.find_first_not_of(kBlank, colon + 1), line.size());
      const size_t end = line.find_last_not_of(kBlank) + 1;
      last = &fields
                  .emplace(LowerAscii(line.substr(0, colon)),
                           line.substr(value, std::max(end, value) - value))
                  .first->second;
    }
    return fields;
  }
};

// Head: URL, address, date, media type and length of the block, in one line. URLs may hold blanks.
class ArcReader : public ArchiveReader {
 public:
  using ArchiveReader::ArchiveReader;

 private:
  static constexpr size_t kFields = 5;

  // Its fields; empty: it is no head.
  static std::vector<std::string_view> Split(std::string_view line) {
    std::vector<std::string_view> fields;
    while (fields.size() + 1 < kFields) {
      const size_t at = line.rfind(' ');
      if (at == line.npos) return {};
      fields.insert(fields.begin(), line.substr(at + 1));
      line = line.substr(0, at);
    }
    fields.insert(fields.begin(), line);
    const bool url = line.find("://") != line.npos || line.starts_with("dns:");
    const bool date = fields[2].find_first_not_of("0123456789") == fields[2].npos;
    return url && date ? fields : std::vector<std::string_view>();
  }

  bool IsHead(std::string_view line) const override { return !Split(line).empty(); }

  RecordHead ReadHead(const std::string& line) override {
    const std::vector<std::string_view> fields = Split(line);
    const auto size = ToSize(fields[4]);
    RecordHead head;
    head.url = fields[0];
    const bool description = head.url.starts_with("filedesc:");
    if (!size && !description) {
      throw DocumentError("the length of the record: a number was expected, not '" +
                          std::string(fields[4]) + "'");
    }
    if (!size) {  // the description of the archive ends with an empty line
      for (std::string skipped; HeadLine(skipped) && !skipped.empty();) {
      }
      return head;
    }
    head.size = *size;
    head.media_type = LowerAscii(fields[3]);
    head.http = head.url.starts_with("http:") || head.url.starts_with("https:");
    head.page = head.http || (!description && IsText(head.media_type));
    return head;
  }
};

}  // namespace

std::unique_ptr<DocumentSource> ReadWarc(LineReader lines, Limits limits) {
  return std::make_unique<WarcReader>(std::move(lines), limits);
}

std::unique_ptr<DocumentSource> ReadArc(LineReader lines, Limits limits) {
  return std::make_unique<ArcReader>(std::move(lines), limits);
}

}  // namespace kaoju
