#include "store/duplicates.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "extract/article.h"
#include "extract/civil.h"
#include "rules/utf8.h"
#include "store/database.h"
#include "store/row.h"

namespace kaoju {
namespace {

// What two articles must have in common grows with the days between them: reports that come daily
// resemble each other, too, and what is reprinted late is reprinted whole.
constexpr double kNear = 0.5;       // resemblance, of one day
constexpr double kNearSoon = 0.8;   // of neighbouring days
constexpr double kNearLate = 0.9;   // of others, and they must be long
constexpr size_t kLong = 50;        // hashes
constexpr double kExcerpt = 0.8;    // of the shorter one
constexpr double kStory = 0.1;      // of the shorter one, where the headlines agree
constexpr double kHeadlines = 0.6;  // resemblance, in pairs of letters
constexpr int64_t kSoon = 2;        // days
constexpr int64_t kKeptAtOnce = 2000;

struct Item {
  int64_t seq = 0;
  std::optional<CivilDate> day;
  int minute = 0;
  std::vector<std::pair<char32_t, char32_t>> headline;  // pairs of letters, sorted
};

std::vector<std::pair<char32_t, char32_t>> PairsOf(std::string_view title) {
  std::u32string letters;
  for (size_t at = 0; at < title.size(); at += Utf8Width(title[at])) {
    const char32_t c = Utf8At(title, at);
    if (u_isalnum(static_cast<UChar32>(c))) letters += c;
  }
  std::vector<std::pair<char32_t, char32_t>> out;
  for (size_t i = 0; i + 1 < letters.size(); ++i) out.push_back({letters[i], letters[i + 1]});
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

double Resemblance(const Item& a, const Item& b) {
  std::vector<std::pair<char32_t, char32_t>> both;
  std::set_intersection(a.headline.begin(), a.headline.end(), b.headline.begin(), b.headline.end(),
                        std::back_inserter(both));
  const size_t all = a.headline.size() + b.headline.size() - both.size();
  return all == 0 ? 0 : static_cast<double>(both.size()) / static_cast<double>(all);
}

int64_t DaysBetween(const Item& a, const Item& b) {
  return a.day && b.day ? Distance(*a.day, *b.day) : 0;
}

bool Earlier(const Item& a, const Item& b) {
  const auto key = [](const Item& i) {
    return std::tuple(!i.day, i.day ? DayNumber(*i.day) : 0, i.minute, i.seq);
  };
  return key(a) < key(b);
}

// Disjoint sets of indices, each known by its first.
class Sets {
 public:
  explicit Sets(size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), size_t{0});
  }
  size_t Of(size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void Join(size_t a, size_t b) {
    a = Of(a);
    b = Of(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<size_t> parent_;
};

struct Member {
  size_t lead = 0;
  const char* kind = nullptr;  // nullptr: of no group
  double share = 0;
};

}  // namespace

struct Duplicates::Impl {
  explicit Impl(const std::string& p)
      : path(p),
        db(OpenDatabase(p, Access::kWrite)),
        next(db,
             "SELECT a.seq, a.id, coalesce(a.title, ''), coalesce(a.published, ''), "
             "coalesce(a.region, ''), coalesce(a.source, ''), a.text FROM article a "
             "LEFT JOIN sketch s ON s.article = a.seq AND s.text_sha256 = a.text_sha256 "
             "WHERE s.article IS NULL AND a.seq > ? ORDER BY a.seq LIMIT 1"),
        keep(db,
             "INSERT OR REPLACE INTO sketch "
             "SELECT seq, text_sha256, ?2 FROM article WHERE seq = ?1") {}

  void KeepOpen() {
    if (!transaction) transaction.emplace(db, SQLite::TransactionBehavior::IMMEDIATE);
  }
  void Commit() {
    if (transaction) transaction->commit();
    transaction.reset();
    kept = 0;
  }

  void Load(std::vector<Item>& items, std::vector<Sketch>& sketches) {
    SQLite::Statement all(
        db,
        "SELECT a.seq, coalesce(a.published, ''), coalesce(a.title, ''), s.hashes "
        "FROM article a JOIN sketch s ON s.article = a.seq ORDER BY a.seq");
    while (all.executeStep()) {
      Item item;
      item.seq = all.getColumn(0).getInt64();
      const std::string published = all.getColumn(1).getString();
      item.day = ParsePublished(published);
      item.minute = ParsePublishedMinute(published).value_or(0);
      item.headline = PairsOf(all.getColumn(2).getString());
      const SQLite::Column blob = all.getColumn(3);
      Sketch sketch(static_cast<size_t>(blob.getBytes()) / sizeof(uint32_t));
      if (!sketch.empty())
        std::memcpy(sketch.data(), blob.getBlob(), sketch.size() * sizeof(uint32_t));
      items.push_back(std::move(item));
      sketches.push_back(std::move(sketch));
    }
  }

  void Write(const std::vector<Item>& items, const std::vector<Member>& members) {
    SQLite::Transaction all(db, SQLite::TransactionBehavior::IMMEDIATE);
    db.exec("DELETE FROM duplicate");
    SQLite::Statement insert(db, "INSERT INTO duplicate VALUES (?, ?, ?, ?)");
    for (size_t i = 0; i < items.size(); ++i) {
      if (members[i].kind == nullptr) continue;
      Row(insert)
          .Int(items[i].seq)
          .Int(items[members[i].lead].seq)
          .Text(std::string_view(members[i].kind))
          .Real(members[i].share)
          .Run();
    }
    all.commit();
  }

  std::string path;
  SQLite::Database db;
  SQLite::Statement next;
  SQLite::Statement keep;
  std::optional<SQLite::Transaction> transaction;
  int64_t last = 0;
  int64_t kept = 0;
};

namespace {

// Groups of articles that resemble each other, directly or through others, around the earliest.
std::vector<Member> Members(const std::vector<Item>& items, const std::vector<SimilarPair>& pairs,
                            const std::vector<Sketch>& sketches) {
  const auto joins = [&](const SimilarPair& p) {
    const Item& a = items[p.first];
    const Item& b = items[p.second];
    const int64_t days = DaysBetween(a, b);
    if (days == 0) return p.resemblance >= kNear || Resemblance(a, b) >= kHeadlines;
    if (days <= kSoon) return p.resemblance >= kNearSoon;
    const size_t least = std::min(sketches[p.first].size(), sketches[p.second].size());
    return p.resemblance >= kNearLate && least >= kLong;
  };
  Sets sets(items.size());
  for (const SimilarPair& p : pairs) {
    if (joins(p)) sets.Join(p.first, p.second);
  }
  std::vector<size_t> lead(items.size());  // of each set, at its first
  std::iota(lead.begin(), lead.end(), size_t{0});
  for (size_t i = 0; i < items.size(); ++i) {
    size_t& of = lead[sets.Of(i)];
    if (Earlier(items[i], items[of])) of = i;
  }
  std::vector<Member> out(items.size());
  for (size_t i = 0; i < items.size(); ++i) {
    const size_t of = lead[sets.Of(i)];
    if (of == i) continue;
    out[of] = {of, "lead", 1};
    out[i] = {of, sketches[i] == sketches[of] ? "same" : "story", 0};
  }
  // How much of each is in its lead, and what is only an excerpt.
  for (const SimilarPair& p : pairs) {
    for (const auto& [part, whole, share] : {std::tuple(p.first, p.second, p.first_share),
                                             std::tuple(p.second, p.first, p.second_share)}) {
      Member& member = out[part];
      if (member.kind != nullptr && member.lead == whole) {
        member.share = share;
        if (p.resemblance >= kNear && std::string_view(member.kind) == "story")
          member.kind = "near";
      }
      const bool alone = member.kind == nullptr || std::string_view(member.kind) == "excerpt";
      if (!alone || share < kExcerpt || sketches[part].size() >= sketches[whole].size()) continue;
      const bool late = DaysBetween(items[part], items[whole]) > kSoon;
      if (late && sketches[part].size() < kLong) continue;
      if (member.kind == nullptr || Earlier(items[whole], items[member.lead]))
        member = {whole, "excerpt", share};
    }
  }
  // What holds it may be of a group itself.
  for (Member& member : out) {
    const bool excerpt = member.kind != nullptr && std::string_view(member.kind) == "excerpt";
    if (excerpt && out[member.lead].kind != nullptr) member.lead = out[member.lead].lead;
  }
  return out;
}

}  // namespace

Duplicates::Duplicates(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Duplicates::Duplicates(Duplicates&&) noexcept = default;
Duplicates::~Duplicates() = default;

Duplicates Duplicates::Open(const std::string& path) {
  return WithIoErrors(path, [&] { return Duplicates(std::make_unique<Impl>(path)); });
}

int64_t Duplicates::without() const {
  return WithIoErrors(impl_->path, [&] {
    return impl_->db
        .execAndGet(
            "SELECT count(*) FROM article a LEFT JOIN sketch s ON s.article = a.seq AND "
            "s.text_sha256 = a.text_sha256 WHERE s.article IS NULL")
        .getInt64();
  });
}

bool Duplicates::NextWithout(StoredText& out, int64_t& seq) {
  return WithIoErrors(impl_->path, [&] {
    Row row(impl_->next);
    if (!row.Int(impl_->last).Next()) return false;
    seq = impl_->last = row.GetInt(0);
    out = {row.GetText(1), row.GetText(2), row.GetText(3),
           row.GetText(4), row.GetText(5), row.GetText(6)};
    return true;
  });
}

void Duplicates::Keep(int64_t seq, const Sketch& sketch) {
  WithIoErrors(impl_->path, [&] {
    impl_->KeepOpen();
    impl_->keep.bind(1, seq);
    static constexpr uint32_t kNone = 0;  // a blob of no bytes must not be at no place
    impl_->keep.bindNoCopy(2, sketch.empty() ? &kNone : sketch.data(),
                           static_cast<int>(sketch.size() * sizeof(uint32_t)));
    impl_->keep.exec();
    impl_->keep.reset();
    if (++impl_->kept >= kKeptAtOnce) impl_->Commit();
  });
}

DuplicateCounts Duplicates::Group() {
  return WithIoErrors(impl_->path, [&] {
    impl_->Commit();
    std::vector<Item> items;
    std::vector<Sketch> sketches;
    impl_->Load(items, sketches);
    SimilarityLimits limits;
    limits.resemblance = kNear;
    limits.containment = kStory;
    const std::vector<Member> members = Members(items, FindSimilar(sketches, limits), sketches);
    impl_->Write(items, members);
    DuplicateCounts counts;
    counts.articles = static_cast<int64_t>(items.size());
    for (const Member& m : members) {
      const std::string_view kind = m.kind == nullptr ? "" : m.kind;
      counts.groups += kind == "lead";
      counts.same += kind == "same";
      counts.near += kind == "near";
      counts.story += kind == "story";
      counts.excerpt += kind == "excerpt";
    }
    return counts;
  });
}

}  // namespace kaoju
