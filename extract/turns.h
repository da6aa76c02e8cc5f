// Turns: where what one says ends because the next one speaks. In 甲表示，A，乙指出，B the content
// of the first claim is A. A report holds what others say in it (甲报道，乙表示，B), so only its
// own medium or a semicolon ends it.
#pragma once

#include <span>
#include <string_view>

#include "extract/document.h"

namespace kaoju {

// Ends the contents of the claims before `next` in its sentence where its turn begins. They come in
// the order of their cues; quotations and contents that would be nothing stay as they are.
void EndContents(const ClaimParts& next, std::string_view folded, std::span<Claim> before);

// A claim whose subject is dropped goes on with the speaker of the one before it.
void GoOn(const Claim& before, Claim& next);

// The same where a medium reports what somebody did or said: the first one named in its report.
void GoOnInside(const Claim& report, const Sentence& s, const Document& doc,
                const KnownTypes& types, Claim& next);

}  // namespace kaoju
