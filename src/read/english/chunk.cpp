#include "read/english/chunk.h"

#include <algorithm>

#include "base/text.h"
#include "read/english/lexicon.h"
#include "read/english/quantity.h"
#include "read/english/word_classes.h"

namespace relata::english {
namespace {

using enum WordClass;

/// "AppVersion", but not "VISITORs": a capital behind a small letter, no capitals in a row.
bool camel_case_word(const std::string& text) {
  bool inner = false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool capital = text[i] >= 'A' && text[i] <= 'Z';
    const bool before = text[i - 1] >= 'A' && text[i - 1] <= 'Z';
    if (capital && before) return false;
    inner = inner || (capital && !before);
  }
  return inner;
}

class Chunker {
 public:
  explicit Chunker(const Sentence& sentence) : tokens_(sentence) {}

  std::vector<Chunk> run() {
    while (at_ < tokens_.size()) step();
    join_possessors();
    join_of_phrases();
    return std::move(chunks_);
  }

 private:
  [[nodiscard]] const Token* token(std::size_t i) const {
    return i < tokens_.size() ? &tokens_[i] : nullptr;
  }
  [[nodiscard]] bool word_at(std::size_t i, std::string_view word) const {
    return i < tokens_.size() && tokens_[i].lower == word;
  }
  [[nodiscard]] bool tag_at(std::size_t i, Tag tag) const {
    return i < tokens_.size() && tokens_[i].tag == tag;
  }

  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return {tokens_[begin].span.begin, tokens_[end - 1].span.end};
  }

  void add(ChunkKind kind, std::size_t length) {
    Chunk chunk;
    chunk.kind = kind;
    chunk.begin = at_;
    chunk.end = at_ + length;
    chunk.word = tokens_[at_].lower;
    at_ += length;
    chunks_.push_back(std::move(chunk));
  }

  void step() {
    const Token& t = tokens_[at_];
    const std::string& w = t.lower;
    if (w == "such" && word_at(at_ + 1, "as")) return add(ChunkKind::opener, 2);
    if (w == "for" && (word_at(at_ + 1, "example") || word_at(at_ + 1, "instance")))
      return add(ChunkKind::opener, word_at(at_ + 2, ",") ? 3 : 2);
    if (w == "including" || w == "namely" || w == "e.g." || w == "i.e.")
      return add(ChunkKind::opener, word_at(at_ + 1, ",") ? 2 : 1);
    if (w == "like" && t.tag == Tag::preposition) return add(ChunkKind::opener, 1);
    if (w == "as" && word_at(at_ + 1, "well") && word_at(at_ + 2, "as"))
      return add(ChunkKind::coordinator, 3);
    if (w == "along" && word_at(at_ + 1, "with")) {
      add(ChunkKind::preposition, 2);
      chunks_.back().word = "with";
      return;
    }
    if (w == "together" && word_at(at_ + 1, "with")) {
      add(ChunkKind::preposition, 2);
      chunks_.back().word = "with";
      return;
    }
    if (w == "by" && word_at(at_ + 1, "means") && word_at(at_ + 2, "of"))
      return add(ChunkKind::preposition, 3);
    if (w == "whether") return add(ChunkKind::whether, 1);
    if (t.tag == Tag::punctuation) return punctuation(t);
    if (t.tag == Tag::coordinator) return add(ChunkKind::coordinator, 1);
    if (t.tag == Tag::relative) return add(ChunkKind::relative, 1);
    if (t.tag == Tag::subordinator) return add(ChunkKind::subordinator, 1);
    if (t.tag == Tag::modal || t.tag == Tag::verb || t.tag == Tag::infinitive_to ||
        t.tag == Tag::gerund || t.tag == Tag::participle) {
      if (verb_group()) return;
      return add(ChunkKind::other, 1);
    }
    if (w == "in" && (word_at(at_ + 1, "detail") || word_at(at_ + 1, "addition") ||
                      word_at(at_ + 1, "general") || word_at(at_ + 1, "particular") ||
                      word_at(at_ + 1, "turn") || word_at(at_ + 1, "total")))
      return add(ChunkKind::other, 2);
    if (w == "up" && word_at(at_ + 1, "to") && noun_phrase()) return;
    if (w == "at" && (word_at(at_ + 1, "least") || word_at(at_ + 1, "most")) && noun_phrase())
      return;
    if (t.tag == Tag::preposition) {
      if (w == "between" && noun_phrase()) return;
      return add(ChunkKind::preposition, 1);
    }
    if (t.tag == Tag::adverb && adverb_in_verb()) {
      if (verb_group()) return;
    }
    if (noun_phrase()) return;
    add(ChunkKind::other, 1);
  }

  void punctuation(const Token& t) {
    if (t.lower == ",") return add(ChunkKind::comma, 1);
    if (t.lower == ":") return add(ChunkKind::colon, 1);
    if (t.lower == "(" || t.lower == "[") return add(ChunkKind::open, 1);
    if (t.lower == ")" || t.lower == "]") return add(ChunkKind::close, 1);
    if (t.lower == "/") return add(ChunkKind::slash, 1);
    if (t.lower == "&" || t.lower == "+") return add(ChunkKind::coordinator, 1);
    if (t.lower == "-" && t.space_before && at_ + 1 < tokens_.size() &&
        tokens_[at_ + 1].space_before)
      return add(ChunkKind::colon, 1);
    add(ChunkKind::other, 1);
  }

  /// Whether only adverbs stand between here and a verb.
  [[nodiscard]] bool adverb_in_verb() const {
    std::size_t i = at_;
    while (tag_at(i, Tag::adverb)) ++i;
    return tag_at(i, Tag::verb) || tag_at(i, Tag::modal) || tag_at(i, Tag::participle);
  }

  bool verb_group() {
    VerbGroup group;
    std::size_t i = at_;
    bool auxiliary_be = false;
    bool found = false;
    while (i < tokens_.size()) {
      const Token& t = tokens_[i];
      if (t.tag == Tag::adverb) {
        if (is_in(t.lower, negation)) group.negated = true;
        if (!auxiliary_be && !found && i > at_ && !more_verb(i + 1)) break;
        if (found && !(auxiliary_be && more_verb(i + 1))) break;
        ++i;
        continue;
      }
      if (t.lower == "not" || t.lower == "never") {
        group.negated = true;
        ++i;
        continue;
      }
      if (t.tag == Tag::modal) {
        group.modality = is_in(t.lower, permission) ? Modality::permission : Modality::obligation;
        if (t.lower == "cannot") group.negated = true;
        found = false;
        ++i;
        continue;
      }
      if (t.tag == Tag::infinitive_to) {
        if (!found && i != at_ && group.lemma.empty()) break;
        if (i == at_) group.infinitive = true;
        ++i;
        continue;
      }
      if (t.tag != Tag::verb && t.tag != Tag::gerund && t.tag != Tag::participle) break;
      if (found && t.tag == Tag::gerund) break;
      if (is_in(t.lower, be)) {
        auxiliary_be = true;
        group.lemma = "be";
        found = true;
        ++i;
        if (word_at(i, "able") && tag_at(i + 1, Tag::infinitive_to)) {
          group.modality = Modality::permission;
          auxiliary_be = false;
          found = false;
          i += 2;
        } else if (!more_verb(i)) {
          break;
        }
        continue;
      }
      if (is_in(t.lower, WordClass::have) && more_verb(i + 1) && !tag_at(i + 1, Tag::gerund)) {
        if (tag_at(i + 1, Tag::infinitive_to)) group.modality = Modality::obligation;
        group.lemma = "have";
        ++i;
        if (tag_at(i, Tag::infinitive_to)) ++i;
        continue;
      }
      group.lemma = t.verb.empty() ? t.lower : t.verb;
      if (is_in(t.lower, WordClass::have)) group.lemma = "have";
      group.passive = auxiliary_be && (t.tag == Tag::participle || t.form == VerbForm::past);
      group.gerund = !auxiliary_be && t.tag == Tag::gerund;
      group.participle = !auxiliary_be && t.tag == Tag::participle;
      found = true;
      ++i;
      // "keep track of", "keep a record of": one verb.
      if (group.lemma == "keep") {
        const std::size_t noun = word_at(i, "a") ? i + 1 : i;
        if ((word_at(noun, "track") || word_at(noun, "record") || word_at(noun, "records")) &&
            word_at(noun + 1, "of")) {
          group.lemma = "track";
          i = noun + 2;
          break;
        }
      }
      // "needs to record", "must be required to have": the next verb is the one that matters.
      const bool carries = group.lemma == "need" || group.lemma == "want" ||
                           group.lemma == "wish" || group.lemma == "intend" ||
                           group.lemma == "require" || group.lemma == "use" ||
                           group.lemma == "design" || group.lemma == "like" ||
                           group.lemma == "plan" || (group.lemma == "allow" && group.passive);
      if (carries && tag_at(i, Tag::infinitive_to) && more_verb(i + 1)) {
        if (group.lemma == "need" || group.lemma == "require")
          group.modality = Modality::obligation;
        if (group.lemma == "allow") group.modality = Modality::permission;
        ++i;
        auxiliary_be = false;
        group.passive = false;
        group.participle = false;
        continue;
      }
      break;
    }
    if (!found || i == at_) return false;
    group.span = span(at_, i);
    Chunk chunk;
    chunk.kind = ChunkKind::verb;
    chunk.begin = at_;
    chunk.end = i;
    chunk.verb = std::move(group);
    at_ = i;
    chunks_.push_back(std::move(chunk));
    return true;
  }

  /// Whether a verb group goes on at `i` (over adverbs and "to").
  [[nodiscard]] bool more_verb(std::size_t i) const {
    while (tag_at(i, Tag::adverb) || word_at(i, "not")) ++i;
    if (tag_at(i, Tag::infinitive_to))
      return tag_at(i + 1, Tag::verb) || tag_at(i + 1, Tag::adverb);
    return tag_at(i, Tag::verb) || tag_at(i, Tag::participle) || tag_at(i, Tag::gerund);
  }

  bool noun_phrase() {
    NounPhrase phrase;
    std::size_t i = at_;
    const Token& first = tokens_[at_];
    if (first.tag == Tag::pronoun) {
      phrase.pronoun = true;
      phrase.words.push_back(first.lower);
      phrase.plural = first.lower == "they" || first.lower == "them" || first.lower == "we" ||
                      first.lower == "us";
      return finish_phrase(phrase, at_ + 1);
    }
    read_quantity(tokens_, i, phrase);
    std::size_t last_noun = 0;
    bool any = false;
    std::size_t start = i;
    while (i < tokens_.size()) {
      const Token& t = tokens_[i];
      if (t.tag == Tag::noun) {
        last_noun = i + 1;
        any = true;
      } else if (t.tag == Tag::number) {
        // "User 1 ID", "address line 2"; but "at a visit zero or more tests".
        if (any && !is_ascii_digit(t.lower.front())) break;
        if (any) last_noun = i + 1;
      } else if (t.tag == Tag::adjective) {
        // "scientific and technological achievement"
        if (!any && (word_at(i + 1, "and") || word_at(i + 1, "or")) &&
            tag_at(i + 2, Tag::adjective) && tag_at(i + 3, Tag::noun)) {
          ++i;
          ++i;
          continue;
        }
      } else if (t.lower == "-" && i > start && i + 1 < tokens_.size() && !t.space_before &&
                 !tokens_[i + 1].space_before) {
        // a hyphen set apart by a typographic dash: "coach-team"
      } else if (t.tag == Tag::adverb && i == start && t.lower != "etc" &&
                 (tag_at(i + 1, Tag::adjective))) {
        // "newly created accounts"
      } else {
        break;
      }
      if (i > start && t.quoted != tokens_[i - 1].quoted && any && last_noun == i + 1 &&
          tokens_[i - 1].quoted) {
        last_noun = i;
        break;
      }
      ++i;
    }
    if (!any) {
      // An adjective or determiner by itself: "each", "the insured", "the former".
      std::size_t end = i;
      while (end > start && tokens_[end - 1].tag == Tag::adverb) --end;
      if (end > start) {
        last_noun = end;
      } else if (start > at_ && (phrase.each || phrase.other || phrase.quantity.stated)) {
        phrase.pronoun = true;
        phrase.words.push_back(tokens_[at_].lower);
        return finish_phrase(phrase, start);
      } else if (first.tag == Tag::number) {
        phrase.words.push_back(first.lower);
        return finish_phrase(phrase, at_ + 1);
      } else if (start > at_) {
        phrase.pronoun = true;
        phrase.words.push_back(tokens_[at_].lower);
        return finish_phrase(phrase, start);
      } else {
        return false;
      }
    }
    for (std::size_t k = start; k < last_noun; ++k) {
      if (tokens_[k].kind == TokenKind::punctuation || tokens_[k].tag == Tag::adverb ||
          tokens_[k].tag == Tag::coordinator)
        continue;
      // "AppVersion" is written as one word but names as two.
      std::vector<std::string> parts = words_of(tokens_[k].text);
      if (parts.size() > 1 && camel_case_word(tokens_[k].text) &&
          is_ascii_letter(tokens_[k].text.front()) &&
          tokens_[k].text.find_first_of("-_.'") == std::string::npos && parts.front().size() > 1) {
        phrase.words.insert(phrase.words.end(), parts.begin(), parts.end());
      } else {
        phrase.words.push_back(tokens_[k].lower);
      }
      if (tokens_[k].quoted) phrase.quoted = true;
    }
    if (phrase.words.empty()) return false;
    // "person in charge" is one noun.
    if ((phrase.words.back() == "person" || phrase.words.back() == "people" ||
         phrase.words.back() == "persons") &&
        word_at(last_noun, "in") && word_at(last_noun + 1, "charge")) {
      phrase.words.back() = "person";
      phrase.words.push_back("in");
      phrase.words.push_back("charge");
      last_noun += 2;
      // "person in charge ID"
      while (tag_at(last_noun, Tag::noun)) phrase.words.push_back(tokens_[last_noun++].lower);
    }
    phrase.capitalized = tokens_[start].capital;
    phrase.plural = is_plural_noun(phrase.words.back());
    return finish_phrase(phrase, last_noun);
  }

  bool finish_phrase(NounPhrase& phrase, std::size_t end) {
    phrase.span = span(at_, end);
    Chunk chunk;
    chunk.kind = ChunkKind::noun_phrase;
    chunk.begin = at_;
    chunk.end = end;
    chunk.phrase = std::move(phrase);
    at_ = end;
    chunks_.push_back(std::move(chunk));
    return true;
  }

  /// NP 's NP becomes one noun phrase with a possessor.
  void join_possessors() {
    std::vector<Chunk> joined;
    for (std::size_t i = 0; i < chunks_.size(); ++i) {
      const bool mark = chunks_[i].kind == ChunkKind::other && chunks_[i].word == "'s";
      if (mark && !joined.empty() && joined.back().kind == ChunkKind::noun_phrase &&
          i + 1 < chunks_.size() && chunks_[i + 1].kind == ChunkKind::noun_phrase) {
        Chunk next = std::move(chunks_[i + 1]);
        NounPhrase owner = std::move(joined.back().phrase);
        next.begin = joined.back().begin;
        next.phrase.span.begin = owner.span.begin;
        next.phrase.possessor.push_back(std::move(owner));
        joined.back() = std::move(next);
        ++i;
        continue;
      }
      if (mark) continue;
      joined.push_back(std::move(chunks_[i]));
    }
    chunks_ = std::move(joined);
  }

  /// NP of NP becomes one noun phrase; "information about X", "details for X" too.
  void join_of_phrases() {
    std::vector<Chunk> joined;
    for (std::size_t i = chunks_.size(); i-- > 0;) {
      Chunk& current = chunks_[i];
      const std::string& w = current.word;
      const bool about = w == "about" || w == "regarding" || w == "concerning" || w == "on" ||
                         w == "for" || w == "in";
      if (current.kind == ChunkKind::preposition && i > 0 && !joined.empty() &&
          joined.back().kind == ChunkKind::noun_phrase &&
          chunks_[i - 1].kind == ChunkKind::noun_phrase && !chunks_[i - 1].phrase.pronoun &&
          (w == "of" || (w == "in" && chunks_[i - 1].phrase.head() == "person") ||
           (about && w != "in" && is_in(noun_lemma(chunks_[i - 1].phrase.head()), information)))) {
        Chunk left = std::move(chunks_[i - 1]);
        left.end = joined.back().end;
        left.phrase.span.end = joined.back().phrase.span.end;
        left.phrase.of_word = w;
        left.phrase.of.push_back(std::move(joined.back().phrase));
        joined.back() = std::move(left);
        --i;
        continue;
      }
      joined.push_back(std::move(current));
    }
    std::reverse(joined.begin(), joined.end());
    chunks_ = std::move(joined);
  }

  const Sentence& tokens_;
  std::size_t at_ = 0;
  std::vector<Chunk> chunks_;
};

}  // namespace

std::vector<Chunk> chunk(const Sentence& sentence) { return Chunker(sentence).run(); }

}  // namespace relata::english
