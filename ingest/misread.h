// Misread text: bytes in one encoding that somebody read as another, and that became valid UTF-8
// all the same. UTF-8 read as windows-1252 or Latin-1 or as GBK, GBK or Big5 read as windows-1252;
// also twice over. Read back iff the way back is valid and gives usual Chinese.
#pragma once

#include <string_view>
#include <vector>

#include "extract/article.h"
#include "ingest/characters.h"
#include "ingest/survey.h"

namespace kaoju {

// Repairs of the kinds "utf8-as-1252", "gbk-as-1252", "big5-as-1252", "utf8-as-gbk", sorted and
// apart. REQUIRES `survey` of `utf8` by `surveyor`.
std::vector<Repair> FindMisread(std::string_view utf8, const Survey& survey,
                                const Surveyor& surveyor, const CharacterTables& tables);

}  // namespace kaoju
