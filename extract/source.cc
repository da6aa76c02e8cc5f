#include "extract/source.h"

#include <tuple>

namespace kaoju {
namespace {

class SourceReader {
 public:
  SourceReader(const BuildContext& c, Capture capture) : c_(c), capture_(capture) {
    std::tie(first_, last_) = c.view.TokensIn(capture.begin, capture.end);
  }

  Source Read() {
    Source out;
    if (CutDeeds()) {
      out.pronoun = "any";
      return out;
    }
    CutTimes();
    out.span = c_.Folded(capture_);
    auto constant = c_.RoleConstant(RoleId::kSourceKind);
    if (constant != "media") constant = {};
    const Token* end = Last();
    if (const Token* person = LastPerson()) {
      out.name = c_.document.mentions[person->value].canonical;
      out.kind = "person";
      if (end == person) out.span = person->span;
    } else if (end != nullptr && Has(*end, "pronoun")) {
      out.pronoun = Entry(*end).Flag("pronoun");
    } else if (end != nullptr && c_.types.IsMention(end->type)) {
      out.name = c_.document.mentions[end->value].canonical;
      out.kind = end->type == c_.types.media ? "media" : constant.empty() ? "org" : constant;
      out.span = end->span;
    } else {
      out.name = c_.Canonical(capture_.begin, capture_.end);
      out.kind = constant.empty() ? "anonymous" : constant;
    }
    return out;
  }

 private:
  const LexiconEntry& Entry(const Token& t) const { return c_.rules.lexicon().entries()[t.value]; }
  bool Has(const Token& t, std::string_view flag) const {
    return c_.types.IsLexicon(t.type) && t.type < KnownTypes::kNoType && Entry(t).Has(flag);
  }
  size_t PlaceOf(const Token* t) const { return c_.view.places()[t - c_.view.tokens().data()]; }

  // The token that the capture ends with, or nullptr.
  const Token* Last() const {
    return last_ != first_ && PlaceOf(last_ - 1) + 1 == capture_.end ? last_ - 1 : nullptr;
  }

  const Token* LastPerson() const {
    for (const Token* t = last_; t != first_;) {
      if ((--t)->type == c_.types.person) return t;
    }
    return nullptr;
  }

  // 林家诚接受本台专访 is 林家诚; but 出席论坛的林家诚 ends with the one who speaks. True iff there
  // are but deeds: 被问及此事时表示, whose subject is dropped.
  bool CutDeeds() {
    const Token* end = Last();
    const bool speaks = end != nullptr && end->type != c_.types.media &&
                        end->type != c_.types.source_end &&
                        !(Has(*end, "class") && Entry(*end).Flag("class") == "media");
    if (speaks) return false;
    for (const Token* t = first_; t != last_; ++t) {
      if (t->type != c_.types.source_end) continue;
      if (PlaceOf(t) == capture_.begin) return Has(*t, "alone");
      capture_.end = static_cast<uint32_t>(PlaceOf(t));
      last_ = t;
      break;
    }
    return false;
  }

  // 知情人士3日 is 知情人士.
  void CutTimes() {
    for (const Token* end = Last();
         end != nullptr && c_.types.IsTime(end->type) && PlaceOf(end) > capture_.begin;
         end = Last()) {
      capture_.end = static_cast<uint32_t>(PlaceOf(end));
      --last_;
    }
  }

  const BuildContext& c_;
  Capture capture_;
  const Token* first_ = nullptr;  // the tokens in the capture
  const Token* last_ = nullptr;
};

}  // namespace

Source ReadSource(const BuildContext& c, Capture capture) {
  return SourceReader(c, capture).Read();
}

}  // namespace kaoju
