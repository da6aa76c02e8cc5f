// RawDocument: one document as bytes, not yet looked at; and DocumentSource, which gives those of
// one input in order.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace kaoju {

// What a container (an archive, a feed, a table) says of a document in it; empty: nothing. Texts
// are UTF-8, or in the encoding of the document.
struct DocumentMeta {
  std::string id;
  std::string url;
  std::string title;
  std::string source;
  std::string published;
  std::string region;
  std::string charset;  // of the bytes, as a server says it
  std::vector<std::string> authors;
};

// A further page of a document that goes on over several.
struct RawPage {
  std::string url;
  std::string bytes;
  std::string charset;  // as a server says it
};

struct RawDocument {
  enum class Format { kJsonLine, kText, kHtml };
  Format format = Format::kText;
  std::string path;   // as given; "-" is standard input
  size_t line = 0;    // from 1; the number of the record, row or entry in a container; 1 for a file
                      // that is one document
  std::string bytes;  // without the line end, and for a line without a byte order mark
  std::string problem;  // why there are no bytes, such as "line is longer than 33554432 bytes";
                        // empty iff all is well
  bool part = false;    // of a container: its place is path:line
  DocumentMeta meta = {};
  std::vector<RawPage> further = {};  // pages behind this one, in order

  // The id of a document that has none of its own.
  std::string place() const {
    return format == Format::kJsonLine || part ? path + ':' + std::to_string(line) : path;
  }
  // Bytes of all pages.
  size_t size() const {
    size_t all = bytes.size();
    for (const RawPage& page : further) all += page.bytes.size();
    return all;
  }
};

struct Limits {
  size_t document_bytes = size_t{32} << 20;  // a longer line, record or file is skipped, and never
                                             // held in memory as a whole
};

class DocumentSource {
 public:
  virtual ~DocumentSource() = default;
  // Fills all but the path; false iff there is none. What is damaged is a document with a problem.
  // Throws IoError for an input that fails as a whole.
  virtual bool Next(RawDocument& out) = 0;
  // Bytes of the input (compressed ones, if it is) read so far.
  virtual size_t position() const = 0;
};

}  // namespace kaoju
