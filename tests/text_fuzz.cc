// libFuzzer target for the text stages: the first byte chooses decoding, repair with folding, or
// folding alone. What must hold of any input is checked, not only that nothing falls.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ingest/ingest.h"
#include "ingest/transcode.h"
#include "ingest/utf8.h"

namespace kaoju {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

const Ingest& TheIngest() {
  static const Ingest ingest(KAOJU_SOURCE_DIR "/rules/fold");
  return ingest;
}

void CheckDecoding(std::string_view bytes) {
  const DecodedText d = TheIngest().decoder().Decode(bytes, "", true);
  Require(!FindInvalidUtf8(d.text));
  const Span whole{0, static_cast<uint32_t>(d.text.size())};
  Require(d.alignment.ToSource(whole).end <= bytes.size());
  for (const Span s : d.decoding.undecoded) Require(s.end <= d.text.size());
}

void CheckFolding(const std::string& text) {
  const Folded once = TheIngest().fold().Fold(text);
  Require(TheIngest().fold().Fold(once.text).text == once.text);
}

void CheckRepair(std::string text) {
  Article article;
  article.text = std::move(text);
  TheIngest().Prepare(article);
  uint32_t last = 0;
  for (const Repair& r : article.repairs) {
    Require(r.source.begin >= last && r.source.end <= article.text.size());
    Require(OnCodePoint(article.text, r.source.begin) && OnCodePoint(article.text, r.source.end));
    Require(Slice(article.text, r.source) == r.before && !FindInvalidUtf8(r.after));
    last = r.source.end;
  }
  const Span all{0, static_cast<uint32_t>(article.folded.size())};
  Require(article.alignment.ToSource(all).end <= article.text.size());
}

}  // namespace
}  // namespace kaoju

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 3 == 0) {
    kaoju::CheckDecoding(bytes);
    return 0;
  }
  kaoju::Decoded decoded;
  kaoju::DecodeUtf8(bytes, 0, bytes.size(), false, decoded);
  if (data[0] % 3 == 1) kaoju::CheckFolding(decoded.text);
  if (data[0] % 3 == 2) kaoju::CheckRepair(decoded.text);
  return 0;
}
