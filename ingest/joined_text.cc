#include "ingest/joined_text.h"

#include <algorithm>
#include <utility>

namespace kaoju {
namespace {

// How many bytes of `b` are lines that `a` begins with as well.
size_t CommonLines(std::string_view a, std::string_view b) {
  size_t common = 0;
  while (common < a.size() && common < b.size()) {
    const size_t end = std::min(a.find('\n', common), a.size());
    const std::string_view line = a.substr(common, end - common);
    const std::string_view rest = b.substr(common);
    const bool whole =
        rest.size() == line.size() || rest.substr(0, line.size() + 1).ends_with('\n');
    if (!rest.starts_with(line) || !whole) break;
    common = std::min(end + 1, b.size());
  }
  return common;
}

uint32_t At(size_t offset) { return static_cast<uint32_t>(offset); }

}  // namespace

JoinedText::JoinedText(std::string text, Alignment alignment, size_t size, bool traces)
    : traces_(traces),
      text_(std::move(text)),
      first_(text_),
      alignment_(std::move(alignment)),
      source_(size) {}

JoinedText::Place JoinedText::Add(std::string_view text, const Alignment& alignment, size_t size) {
  const size_t skipped = CommonLines(first_, text);
  const std::string_view kept = text.substr(skipped);
  if (!kept.empty()) {
    if (traces_) AddTraced(alignment, skipped);
    text_ += '\n';
    text_ += kept;
  }
  source_ += size;
  return {skipped, text_.size() - kept.size()};
}

// What is behind the text in the bytes so far became the line feed.
void JoinedText::AddTraced(const Alignment& page, size_t skipped) {
  const EditRun last = alignment_.runs().empty() ? EditRun{} : alignment_.runs().back();
  const uint32_t target = At(text_.size());
  const uint32_t source = last.source + last.source_size + target - last.target - last.target_size;
  alignment_.Add({source, At(source_) - source, target, 1});
  Alignment cut;
  cut.Add({0, At(skipped), 0, 0});
  const Alignment kept = Compose(page, cut);
  for (EditRun run : kept.runs()) {
    run.source += At(source_);
    run.target += target + 1;
    alignment_.Add(run);
  }
}

}  // namespace kaoju
