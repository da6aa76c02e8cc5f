// HtmlTree: a gumbo parse tree that hostile pages cannot blow up: nesting and memory are limited.
#pragma once

#include <gumbo.h>

#include <memory>
#include <string_view>

namespace kaoju {

class HtmlTree {
 public:
  // REQUIRES valid UTF-8 that outlives the tree. Throws DocumentError if a limit is hit.
  explicit HtmlTree(std::string_view utf8);
  ~HtmlTree();
  HtmlTree(const HtmlTree&) = delete;
  HtmlTree& operator=(const HtmlTree&) = delete;

  const GumboNode* root() const { return output_->root; }

 private:
  class Heap;
  std::unique_ptr<Heap> heap_;
  const GumboOutput* output_ = nullptr;
};

}  // namespace kaoju
