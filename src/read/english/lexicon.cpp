#include "read/english/lexicon.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "base/text.h"
#include "read/english/lexicon/format.h"

extern "C" const unsigned char relata_english_lexicon[];

namespace relata::english {
namespace {

using lexicon::Header;
using lexicon::IrregularRecord;
using lexicon::WordRecord;

/// Views into the linked-in table. Its alignment is that of the widest member (lexicon_data.cpp).
struct Table {
  std::span<const WordRecord> words;
  std::span<const IrregularRecord> irregular;
  const char* pool;

  [[nodiscard]] std::string_view text(std::uint32_t offset) const { return pool + offset; }
};

const Table& table() {
  static const Table instance = [] {
    const auto* header = reinterpret_cast<const Header*>(relata_english_lexicon);
    const auto* words = reinterpret_cast<const WordRecord*>(header + 1);
    const auto* irregular = reinterpret_cast<const IrregularRecord*>(words + header->words);
    return Table{{words, header->words},
                 {irregular, header->irregular},
                 reinterpret_cast<const char*>(irregular + header->irregular)};
  }();
  return instance;
}

const WordRecord* find_record(std::string_view word) {
  const Table& data = table();
  const auto it = std::lower_bound(
      data.words.begin(), data.words.end(), word,
      [&](const WordRecord& record, std::string_view w) { return data.text(record.text) < w; });
  return it != data.words.end() && data.text(it->text) == word ? &*it : nullptr;
}

/// The lemma of an irregular form, for a part of speech (0 noun, 1 verb, 2 adjective).
std::string_view irregular_lemma(std::string_view form, std::uint32_t part) {
  const Table& data = table();
  auto it = std::lower_bound(
      data.irregular.begin(), data.irregular.end(), form,
      [&](const IrregularRecord& r, std::string_view w) { return data.text(r.form) < w; });
  for (; it != data.irregular.end() && data.text(it->form) == form; ++it) {
    if (it->part == part) return data.text(it->lemma);
  }
  return {};
}

bool is_verb(std::string_view word) { return look_up(word).verb > 0; }

}  // namespace

LexicalEntry look_up(std::string_view word) {
  LexicalEntry entry;
  const WordRecord* record = find_record(word);
  if (record == nullptr) {
    // "unsubscribe", "reupload": as the word without its prefix, verbs only.
    for (const std::string_view prefix : {"un", "re"}) {
      if (!word.starts_with(prefix) || word.size() < prefix.size() + 4) continue;
      const WordRecord* base = find_record(word.substr(prefix.size()));
      if (base != nullptr && base->frequency[1] > 1) {
        entry.verb = base->frequency[1];
        if (base->nominalization != 0) entry.nominalization = table().text(base->nominalization);
        return entry;
      }
    }
    return entry;
  }
  entry.noun = record->frequency[0];
  entry.verb = record->frequency[1];
  entry.adjective = record->frequency[2];
  entry.adverb = record->frequency[3];
  entry.person = (record->flags & lexicon::flag::person) != 0;
  entry.may_be_person = (record->flags & lexicon::flag::may_be_person) != 0;
  entry.organization = (record->flags & lexicon::flag::organization) != 0;
  entry.category = record->category;
  if (record->nominalization != 0) entry.nominalization = table().text(record->nominalization);
  return entry;
}

std::string noun_lemma(std::string_view word) { return singular_of(word); }

bool is_plural_noun(std::string_view word) {
  if (word.size() < 3) return false;
  const std::string lemma = singular_of(word);
  if (lemma == word) return false;
  if (look_up(lemma).noun > 0) return true;
  // An unknown word: "workspaces" is a plural, "kubernetes" may not be; the plural is likelier.
  return look_up(word).noun == 0 && word.ends_with("s");
}

std::string verb_lemma(std::string_view word) {
  const std::string_view irregular = irregular_lemma(word, 1);
  if (!irregular.empty()) return std::string(irregular);
  const std::string text(word);
  const auto stem = [&](std::size_t cut) { return text.substr(0, text.size() - cut); };
  const auto known = [](const std::string& candidate) {
    return candidate.size() > 1 && is_verb(candidate);
  };
  if (word.ends_with("ies") && known(stem(3) + "y")) return stem(3) + "y";
  if (word.ends_with("es") && known(stem(2)) && !known(stem(1))) return stem(2);
  if (word.ends_with("s") && !word.ends_with("ss") && known(stem(1))) return stem(1);
  if (word.ends_with("ied") && known(stem(3) + "y")) return stem(3) + "y";
  for (const std::size_t cut : {std::size_t{2}, std::size_t{3}}) {
    const std::string_view suffix = cut == 2 ? "ed" : "ing";
    if (!word.ends_with(suffix) || word.size() < cut + 2) continue;
    const std::string base = stem(cut);
    const bool doubled = base.size() > 2 && base[base.size() - 1] == base[base.size() - 2];
    if (known(base + "e") && !(known(base) && look_up(base).verb > look_up(base + "e").verb))
      return base + "e";
    if (known(base)) return base;
    if (doubled && known(base.substr(0, base.size() - 1))) return base.substr(0, base.size() - 1);
  }
  if (is_verb(word)) return text;
  return {};
}

std::string nominalize(std::string_view word) { return std::string(look_up(word).nominalization); }

}  // namespace relata::english
