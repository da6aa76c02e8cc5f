// The program when documents, rules, files or disks are not as they should be: its exit codes, its
// messages, and that it loses and invents nothing.
#include <sys/mount.h>

#include "tests/cli_fixture.h"
#include "tests/store_fixture.h"

namespace kaoju {
namespace {

using testing_cli::Call;
using testing_cli::Child;
using testing_cli::CliTest;
using testing_cli::Has;
using testing_cli::kCompany;
using testing_cli::Line;
using testing_cli::Lines;
using testing_cli::ManyArticles;
using testing_cli::Outcome;
using testing_cli::ReadAll;
using testing_cli::ThreeArticles;

using Words = std::vector<std::string>;

// An input with one document that cannot be read, after a good one and before another.
struct BadRow {
  const char* name;
  std::string line;
  const char* error;  // as it stands in the row, after the place
};

void PrintTo(const BadRow& row, std::ostream* out) { *out << row.name; }

class BadDocumentTest : public CliTest, public testing::WithParamInterface<BadRow> {};

TEST_P(BadDocumentTest, GivesAnErrorRowAndTheRestGoesOn) {
  const std::string good = Line("good", kCompany);
  const std::string file =
      File("some.jsonl", good + GetParam().line + "\n" + Line("last", kCompany));
  const Outcome o = Run({"extract", file});
  EXPECT_EQ(o.code, 2) << o.err;
  const std::string place = file + ":2";
  EXPECT_TRUE(Has(o.out, R"({"kind":"error","doc":")" + place + R"(","error":")" + place + ": " +
                             GetParam().error))
      << o.out;
  EXPECT_TRUE(Has(o.out, R"({"kind":"article","doc":"good")")) << o.out;
  EXPECT_TRUE(Has(o.out, R"({"kind":"article","doc":"last")")) << o.out;
  EXPECT_TRUE(Has(Lines(o.out).back(), R"({"kind":"end","docs":3,)")) << o.out;
  EXPECT_TRUE(Has(o.out, R"("failed":1,)")) << o.out;
}

// clang-format off
const BadRow kBadRows[] = {
    {"NulByte", std::string("{\"id\":\"x\",\"text\":\"a\0b\"}", 23), "looks binary: a NUL byte"},
    {"NulCharacter", R"({"id":"x","text":"a\u0000b"})", "looks binary: a NUL character in"},
    {"HalfSurrogate", R"({"id":"x","text":"\ud800"})", "no JSON: The surrogate pair"},
    {"Truncated", R"({"id":"x","text":"沈映)", "no JSON: "},
    {"TwoObjects", R"({"text":"a"}{"text":"b"})", "no JSON: "},
    {"DeeplyNested", std::string(200'000, '['), "no JSON: "},
    {"Array", R"(["a"])", "a JSON object was expected"},
    {"IdIsNumber", R"({"id":7,"text":"a"})", R"(the value of \"id\" must be a string)"},
    {"TextIsList", R"({"id":"x","text":["a"]})", R"(the value of \"text\" must be a string)"},
    {"NoText", R"({"id":"x"})", R"(neither \"text\" nor \"html\")"},
    {"EmptyText", R"({"id":"x","text":" "})", "empty document"},
    {"KeyTwice", R"({"text":"a","text":"b"})", R"(the key \"text\" stands twice)"},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Rows, BadDocumentTest, testing::ValuesIn(kBadRows),
                         [](const auto& row) { return row.param.name; });

using FailureTest = CliTest;

TEST_F(FailureTest, StopsWhenTooManyFail) {
  const std::string file = File("bad.jsonl", "x\nx\nx\n" + Line("good", kCompany));
  const Outcome o = Run({"extract", "--max-failed", "1", file});
  EXPECT_EQ(o.code, 3);
  EXPECT_EQ(o.err, "kaoju: more than 1 documents failed: stopped\n");
  EXPECT_FALSE(Has(o.out, R"("kind":"end")"));
  EXPECT_EQ(Run({"extract", "--max-failed", "3", file}).code, 2);
}

TEST_F(FailureTest, ReadsEmptyInputAsNoDocuments) {
  const Outcome o = Run({"extract", File("empty.jsonl", "")});
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_TRUE(o.out.starts_with(R"({"kind":"end","docs":0,"facts":0,"failed":0,)")) << o.out;
}

TEST_F(FailureTest, RefusesAnEmptyAndABinaryText) {
  EXPECT_TRUE(Has(Run({"extract", File("empty.txt", "")}).out, "empty.txt:1: empty document"));
  const std::string program = ReadAll(KAOJU_BINARY).substr(0, 100'000);
  const Outcome o = Run({"extract", File("binary.txt", program)});
  EXPECT_EQ(o.code, 2);
  EXPECT_TRUE(Has(o.out, "binary.txt:1: looks binary")) << o.out;
}

TEST_F(FailureTest, SkipsALineOfAHundredMegabytesInBoundedMemory) {
  Call call{.args = {"extract"}, .input = {}};
  if (!KAOJU_UNDER_ASAN) call.address_space = rlim_t{1} << 30;
  call.feed = [](int fd) {
    const std::string good = Line("good", kCompany);
    const std::string piece(1'000'000, 'x');
    if (write(fd, good.data(), good.size()) < 0) return;
    for (int i = 0; i < 100; ++i) {
      for (size_t at = 0; at < piece.size();) {
        const ssize_t written = write(fd, piece.data() + at, piece.size() - at);
        if (written < 0) return;
        at += static_cast<size_t>(written);
      }
    }
    const std::string rest = "\n" + Line("last", kCompany);
    if (write(fd, rest.data(), rest.size()) < 0) return;
  };
  const Outcome o = Run(call);
  EXPECT_EQ(o.code, 2) << o.err;
  EXPECT_TRUE(Has(o.out, R"("error":"-:2: line is longer than 33554432 bytes")")) << o.out;
  EXPECT_TRUE(Has(o.out, R"({"kind":"article","doc":"last")")) << o.out;
  EXPECT_TRUE(Has(o.out, R"({"kind":"end","docs":3,)")) << o.out;
  if (!KAOJU_UNDER_ASAN) {
    EXPECT_LT(o.peak_kb, 300'000);
  }
}

TEST_F(FailureTest, EndsWithFourWhenTheInputIsNotThere) {
  const Outcome missing = Run({"extract", Path("missing.jsonl")});
  EXPECT_EQ(missing.code, 4);
  EXPECT_EQ(missing.err, "kaoju: " + Path("missing.jsonl") + ": no such file or directory\n");
  const Outcome folder = Run({"explain", folder_.string()});
  EXPECT_EQ(folder.code, 4);
  EXPECT_EQ(folder.err, "kaoju: " + folder_.string() + ": is a directory, a file was expected\n");
  for (const Words& args :
       {Words{"run", Path("missing"), "--db", Path("facts.db")},
        Words{"explain", Path("missing.txt")}, Words{"show", "--db", Path("missing.db")}}) {
    const Outcome o = Run(args);
    EXPECT_EQ(o.code, 4) << args[0];
    EXPECT_TRUE(Has(o.err, Path("missing"))) << o.err;
  }
}

TEST_F(FailureTest, EndsWithFourWhenTheGzipStreamBreaksOff) {
  const std::string whole = ReadAll(Gzip("whole.jsonl.gz", ManyArticles(200)));
  const Outcome o = Run({"extract", File("half.jsonl.gz", whole.substr(0, whole.size() / 2))});
  EXPECT_EQ(o.code, 4);
  EXPECT_TRUE(Has(o.err, "half.jsonl.gz: the gzip stream is broken")) << o.err;
  EXPECT_FALSE(Has(o.out, R"("kind":"end")"));
}

class RulesFailureTest : public CliTest {
 protected:
  void SetUp() override {
    CliTest::SetUp();
    fs::create_directory(folder_ / "rules");
    for (const char* part : {"packs", "lexicon"}) {
      fs::copy(fs::path(KAOJU_SOURCE_DIR) / "rules" / part, folder_ / "rules" / part);
    }
  }

  // Every command that needs rules ends with 5; returns the message.
  std::string Message() const {
    const Outcome o = Run({"extract", "--rules", Path("rules")}, ThreeArticles());
    EXPECT_EQ(o.code, 5);
    EXPECT_EQ(o.out, "");
    const std::string file = File("good.jsonl", ThreeArticles());
    EXPECT_EQ(Run({"run", file, "--rules", Path("rules"), "--db", Path("facts.db")}).code, 5);
    EXPECT_FALSE(fs::exists(Path("facts.db")));
    EXPECT_EQ(Run({"explain", file, "--rules", Path("rules")}).code, 5);
    EXPECT_EQ(Run({"rules", "check", Path("rules")}).code, 5);
    return o.err;
  }
};

TEST_F(RulesFailureTest, SyntaxErrorWithPlaceAndCaret) {
  File("rules/packs/99-test.rules", "layer figure\n\nrule test/broken\n  metch   {NUMBER}元\n");
  const std::string message = Message();
  EXPECT_TRUE(
      Has(message, Path("rules/packs/99-test.rules") + ":4:3: error: unknown field 'metch'"))
      << message;
  EXPECT_TRUE(Has(message, "\n    metch   {NUMBER}元\n    ^\n")) << message;
}

TEST_F(RulesFailureTest, ExampleThatDoesNotHold) {
  File("rules/packs/99-test.rules",
       "layer figure\n\nrule test/wrong\n  match   {value:NUMBER}@衡石\n  emit    count(value)\n"
       "  yes     约三百衡石  => money(300 CNY)\n  no      衡石\n");
  EXPECT_TRUE(Has(Message(), Path("rules/packs/99-test.rules") + ":6"));
}

TEST_F(RulesFailureTest, LexiconRowWithTooFewColumns) {
  File("rules/lexicon/zz.tsv", "# surface\ttype\tcanonical\tflags\n衡石\n");
  EXPECT_TRUE(Has(Message(), Path("rules/lexicon/zz.tsv") + ":2"));
}

TEST_F(RulesFailureTest, MissingLexicon) {
  fs::remove_all(folder_ / "rules/lexicon");
  const std::string message = Message();
  EXPECT_TRUE(Has(message, "no rules (a folder with packs/ and lexicon/) at " + Path("rules")))
      << message;
}

TEST_F(RulesFailureTest, MissingFoldTable) {
  fs::remove(folder_ / "rules/fold/overlay.tsv");
  const Outcome o = Run({"extract", "--rules", Path("rules")}, ThreeArticles());
  EXPECT_EQ(o.code, 5);
  EXPECT_TRUE(Has(o.err, "overlay.tsv: cannot be opened")) << o.err;
}

// Permissions do not stop root; what is no folder does.
TEST_F(FailureTest, EndsWithFourWhenTheStoreCannotBeMade) {
  const std::string file = File("good.jsonl", ThreeArticles());
  const std::string below = file + "/facts.db";
  const Outcome o = Run({"run", file, "--db", below});
  EXPECT_EQ(o.code, 4);
  EXPECT_EQ(o.err, "kaoju: " + below + ": the file does not exist and cannot be created\n");
  const Outcome folder = Run({"run", file, "--db", folder_.string()});
  EXPECT_EQ(folder.code, 4);
  EXPECT_EQ(folder.err, "kaoju: " + folder_.string() + ": it is a folder, not a file\n");
  const Outcome text = Run({"run", file, "--db", file});
  EXPECT_EQ(text.code, 4);
  EXPECT_TRUE(Has(text.err, file)) << text.err;
  EXPECT_EQ(ReadAll(file), ThreeArticles());
}

TEST_F(FailureTest, EndsWithFourWhenTheOutputIsFull) {
  for (const size_t articles : {1, 2000}) {  // found at the last flush, and on the way
    Call call{.args = {"extract"}, .input = ManyArticles(articles)};
    call.out = "/dev/full";
    const Outcome o = Run(call);
    EXPECT_EQ(o.code, 4);
    EXPECT_EQ(o.err, "kaoju: standard output: cannot be written: No space left on device\n");
  }
}

// A small disk of its own, taken away at the end.
class FullDiskTest : public CliTest {
 protected:
  void SetUp() override {
    CliTest::SetUp();
    fs::create_directory(folder_ / "disk");
    mounted_ = mount("tmpfs", Path("disk").c_str(), "tmpfs", 0, "size=1m") == 0;
    if (!mounted_) GTEST_SKIP() << "a small disk cannot be mounted here (it takes root)";
  }
  void TearDown() override {
    if (mounted_) umount2(Path("disk").c_str(), MNT_DETACH);
    CliTest::TearDown();
  }

  bool mounted_ = false;
};

TEST_F(FullDiskTest, KeepsWhatWasStoredBefore) {
  const std::string db = Path("disk/facts.db");
  const std::string good = File("good.jsonl", ThreeArticles());
  const Outcome first = Run({"run", good, "--db", db});
  ASSERT_EQ(first.code, 0) << first.err;
  const Words show = {"show", "facts", "--limit", "0", "--article", "company", "--db", db};
  const std::string before = Run(show).out;
  ASSERT_TRUE(Has(before, "沈映秋"));
  const Outcome full = Run({"run", File("many.jsonl", ManyArticles(5000)), "--db", db});
  EXPECT_EQ(full.code, 4);
  EXPECT_EQ(full.err, "kaoju: " + db +
                          ": there is no room left on the disk, or the size limit of "
                          "the database is reached\n");
  // The copy has room: SQLite may want some to recover.
  for (const auto& entry : fs::directory_iterator(folder_ / "disk")) {
    fs::copy(entry.path(), folder_ / entry.path().filename());
  }
  SQLite::Database copy(Path("facts.db"), SQLite::OPEN_READWRITE);
  EXPECT_EQ(copy.execAndGet("PRAGMA integrity_check").getString(), "ok");
  EXPECT_EQ(copy.execAndGet("SELECT count(*) FROM pragma_foreign_key_check").getInt(), 0);
  EXPECT_EQ(
      Run({"show", "facts", "--limit", "0", "--article", "company", "--db", Path("facts.db")}).out,
      before);
}

TEST_F(FullDiskTest, ExtractIntoAFileEndsWithFour) {
  Call call{.args = {"extract"}, .input = ManyArticles(5000)};
  call.out = Path("disk/facts.jsonl");
  const Outcome o = Run(call);
  EXPECT_EQ(o.code, 4);
  EXPECT_TRUE(Has(o.err, "standard output: cannot be written: No space left on device")) << o.err;
  EXPECT_FALSE(Has(ReadAll(call.out), R"("kind":"end")"));
}

// The program writing into a pipe that the test reads. It cannot have ended when the first bytes
// arrive: its output is many times what a pipe holds.
class PipeTest : public CliTest, public testing::WithParamInterface<std::string> {
 protected:
  Child Start(int& read_end) const {
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    read_end = ends[0];
    const std::string file = File("many.jsonl", ManyArticles(10'000));
    return Child(Call{.args = {"extract", GetParam(), file}, .input = {}},
                 open("/dev/null", O_RDONLY | O_CLOEXEC), ends[1], OpenToWrite(Path("stderr")));
  }
};

TEST_P(PipeTest, EndsWhenTheReaderHasGone) {
  int fd = -1;
  const Child child = Start(fd);
  char first = 0;
  EXPECT_EQ(read(fd, &first, 1), 1);
  close(fd);
  Outcome o;
  child.Wait(o);
  EXPECT_FALSE(o.hung);
  EXPECT_TRUE(o.signal == SIGPIPE || o.code == 4) << o.code << ", signal " << o.signal;
}

TEST_P(PipeTest, EndsWith130AndNoEndRowWhenInterrupted) {
  int fd = -1;
  const Child child = Start(fd);
  std::string out(1, '\0');
  EXPECT_EQ(read(fd, out.data(), 1), 1);
  child.Interrupt();
  char piece[4096];
  for (ssize_t size = 0; (size = read(fd, piece, sizeof piece)) > 0;) {
    out.append(piece, static_cast<size_t>(size));
  }
  close(fd);
  Outcome o;
  child.Wait(o);
  EXPECT_EQ(o.code, 130);
  EXPECT_FALSE(Has(out, R"("kind":"end")"));
  EXPECT_TRUE(out.ends_with('\n')) << "a row was cut";
  EXPECT_TRUE(Has(ReadAll(Path("stderr")), "no end row was written"));
}

INSTANTIATE_TEST_SUITE_P(Threads, PipeTest, testing::Values("-j1", "-j2"),
                         [](const auto& row) { return "With" + row.param.substr(2); });

}  // namespace
}  // namespace kaoju
