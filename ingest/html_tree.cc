#include "ingest/html_tree.h"

#include <array>
#include <csetjmp>
#include <cstddef>
#include <cstdlib>
#include <string>

#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kMaxDepth = 1000;
constexpr size_t kBytesPerByte = 64;  // real pages need about 10
constexpr size_t kSpareBytes = size_t{64} << 20;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// True iff elements of this name nest only by being closed explicitly: no void elements, and none
// whose end tag pages leave out.
bool Nests(std::string_view tag) {
  constexpr std::array<std::string_view, 30> kOthers{
      "area", "base",  "br",     "col",   "embed", "frame", "hr",    "img",   "input", "link",
      "meta", "param", "source", "track", "wbr",   "p",     "li",    "td",    "tr",    "th",
      "dt",   "dd",    "option", "html",  "head",  "body",  "tbody", "thead", "tfoot", "colgroup"};
  for (const std::string_view other : kOthers) {
    if (tag == other) return false;
  }
  return true;
}

// Gumbo's time grows with the square of the nesting, so a page is judged by a rough count of its
// tags beforehand.
void CheckDepth(std::string_view html) {
  size_t depth = 0;
  std::string tag;
  for (size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    size_t name = at + 1;
    const bool closes = name < html.size() && html[name] == '/';
    if (closes) ++name;
    tag.clear();
    for (size_t i = name; i < html.size() && IsLetter(html[i]) && tag.size() < 10; ++i) {
      tag += static_cast<char>(html[i] | 0x20);
    }
    if (tag.empty() || !Nests(tag)) continue;
    if (closes) {
      if (depth > 0) --depth;
    } else if (++depth > kMaxDepth) {
      throw DocumentError("HTML elements are nested deeper than " + std::to_string(kMaxDepth));
    }
  }
}

}  // namespace

// The memory of one parse. It frees all blocks at once, because gumbo's own destructor recurses;
// and as gumbo cannot deal with failing allocations, it leaves the parser by longjmp when its limit
// is hit. Only C frames are skipped.
class HtmlTree::Heap {
 public:
  explicit Heap(size_t limit) : limit_(limit) { ends_.next = ends_.previous = &ends_; }
  ~Heap() {
    while (ends_.next != &ends_) Free(ends_.next);
  }
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  // nullptr iff the limit was hit.
  const GumboOutput* Parse(std::string_view html) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = [](void* heap, size_t size) {
      return static_cast<Heap*>(heap)->Allocate(size);
    };
    options.deallocator = [](void* heap, void* block) { static_cast<Heap*>(heap)->Release(block); };
    options.userdata = this;
    options.max_errors = 0;
    if (setjmp(full_) != 0) return nullptr;
    return gumbo_parse_with_options(&options, html.data(), html.size());
  }

 private:
  struct alignas(std::max_align_t) Block {
    Block* next;
    Block* previous;
    size_t size;
  };

  void* Allocate(size_t size) {
    Block* block = nullptr;
    if (size <= limit_ - used_) block = static_cast<Block*>(std::malloc(sizeof(Block) + size));
    if (block == nullptr) std::longjmp(full_, 1);
    *block = {ends_.next, &ends_, size};
    ends_.next->previous = block;
    ends_.next = block;
    used_ += size;
    return block + 1;
  }

  void Release(void* memory) {
    if (memory != nullptr) Free(static_cast<Block*>(memory) - 1);
  }

  void Free(Block* block) {
    block->next->previous = block->previous;
    block->previous->next = block->next;
    used_ -= block->size;
    std::free(block);
  }

  Block ends_{};  // a ring, so that no block is a special case
  size_t used_ = 0;
  size_t limit_;
  std::jmp_buf full_;
};

HtmlTree::HtmlTree(std::string_view utf8) {
  CheckDepth(utf8);
  heap_ = std::make_unique<Heap>(utf8.size() * kBytesPerByte + kSpareBytes);
  output_ = heap_->Parse(utf8);
  if (output_ == nullptr) throw DocumentError("the HTML takes too much memory to parse");
}

HtmlTree::~HtmlTree() = default;

}  // namespace kaoju
