#include "cli/fetch_log.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <filesystem>

#include "ingest/line_reader.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kMaxLine = size_t{1} << 20;

std::string Text(const rapidjson::Value& row, const char* key) {
  const auto at = row.FindMember(key);
  return at != row.MemberEnd() && at->value.IsString()
             ? std::string(at->value.GetString(), at->value.GetStringLength())
             : std::string();
}
uint64_t Number(const rapidjson::Value& row, const char* key) {
  const auto at = row.FindMember(key);
  return at != row.MemberEnd() && at->value.IsUint64() ? at->value.GetUint64() : 0;
}

FetchRow FromJson(const rapidjson::Value& row) {
  FetchRow out;
  out.url = Text(row, "url");
  out.asked = Text(row, "asked");
  out.at = Text(row, "at");
  out.decision = Text(row, "decision");
  out.reason = Text(row, "reason");
  out.status = static_cast<int>(Number(row, "status"));
  out.bytes = Number(row, "bytes");
  out.sha256 = Text(row, "sha256");
  out.etag = Text(row, "etag");
  out.last_modified = Text(row, "last_modified");
  out.offset = Number(row, "offset");
  out.size = Number(row, "size");
  return out;
}

std::string ToJson(const FetchRow& row) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  const auto text = [&](const char* key, const std::string& value) {
    if (value.empty()) return;
    json.Key(key);
    json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  };
  const auto number = [&](const char* key, uint64_t value) {
    json.Key(key);
    json.Uint64(value);
  };
  json.StartObject();
  text("url", row.url);
  text("asked", row.asked);
  text("at", row.at);
  text("decision", row.decision);
  text("reason", row.reason);
  if (row.status != 0) {
    number("status", static_cast<uint64_t>(row.status));
    number("bytes", row.bytes);
  }
  text("sha256", row.sha256);
  text("etag", row.etag);
  text("last_modified", row.last_modified);
  if (row.size > 0) {
    number("offset", row.offset);
    number("size", row.size);
  }
  json.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

FetchLog::FetchLog(const std::string& path) : path_(path) {
  if (std::filesystem::exists(path)) {
    LineReader lines(path);
    std::string line;
    uint64_t whole = 0;  // bytes of whole lines
    const uint64_t size = std::filesystem::file_size(path);
    for (bool fits = true; lines.Next(kMaxLine, line, fits);) {
      const uint64_t end = whole + line.size() + 1;
      if (end > size) break;  // without a line end: it was not finished
      rapidjson::Document row;
      row.Parse(line.data(), line.size());
      if (!fits || row.HasParseError() || !row.IsObject() || Text(row, "decision").empty()) {
        throw IoError(path + ':' + std::to_string(lines.number()) +
                      ": is no row of a log of kaoju fetch");
      }
      Take(FromJson(row));
      whole = end;
    }
    std::filesystem::resize_file(path, whole);
  }
  out_.open(path, std::ios::binary | std::ios::app);
  if (!out_) throw IoError(path + ": cannot be written");
}

void FetchLog::Write(const FetchRow& row) {
  out_ << ToJson(row) << '\n' << std::flush;
  if (!out_) throw IoError(path_ + ": cannot be written");
  Take(row);
}

void FetchLog::Take(const FetchRow& row) {
  archive_size_ = std::max(archive_size_, row.offset + row.size);
  const bool fetched = row.decision == "fetched";
  if (fetched) fetched_[row.url] = row;
  if (fetched || row.decision == "unchanged") done_.insert(row.asked.empty() ? row.url : row.asked);
}

const FetchRow* FetchLog::Fetched(const std::string& url) const {
  const auto at = fetched_.find(url);
  return at == fetched_.end() ? nullptr : &at->second;
}

bool FetchLog::Done(const std::string& asked) const { return done_.contains(asked); }

}  // namespace kaoju
