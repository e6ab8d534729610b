#include "read/english/tag.h"

#include "read/english/lexicon.h"
#include "read/english/word_classes.h"

namespace relata::english {
namespace {

using enum WordClass;

/// What a word can be, before the context decides.
struct Candidates {
  int noun = 0;
  int verb = 0;
  int adjective = 0;
  int adverb = 0;
};

Candidates candidates_of(const Token& token) {
  const LexicalEntry own = look_up(token.lower);
  Candidates result{own.noun, own.verb, own.adjective, own.adverb};
  if (result.noun == 0) {
    const std::string singular = noun_lemma(token.lower);
    if (singular != token.lower) result.noun = look_up(singular).noun;
  }
  if (!token.verb.empty()) result.verb = std::max(result.verb, look_up(token.verb).verb);
  return result;
}

VerbForm form_of(const Token& token) {
  if (token.verb.empty()) return VerbForm::none;
  if (token.lower == token.verb) return VerbForm::base;
  if (token.lower.ends_with("ing")) return VerbForm::gerund;
  if (token.lower.ends_with("s") && !token.lower.ends_with("ss")) return VerbForm::third_person;
  return VerbForm::past;
}

/// The tag of a word of the closed lists; nothing for an open word.
std::optional<Tag> closed_tag(const Token& token) {
  const std::string& w = token.lower;
  if (token.kind == TokenKind::punctuation)
    return w == "'s" ? Tag::possessive_mark : Tag::punctuation;
  if (token.kind == TokenKind::number) return Tag::number;
  if (w == "to") return Tag::infinitive_to;
  if (is_in(w, possessive)) return Tag::possessive_pronoun;
  if (is_in(w, relative)) return Tag::relative;
  if (is_in(w, article) || is_in(w, demonstrative) || is_in(w, distributive) || is_in(w, many))
    return Tag::determiner;
  if (w == "other" || w == "another") return Tag::determiner;
  if (is_in(w, generic_quantifier)) return Tag::number;
  if (is_in(w, pronoun)) return Tag::pronoun;
  if (is_in(w, modal)) return Tag::modal;
  if (is_in(w, be) || w == "has" || w == "had" || w == "have" || is_in(w, do_verb))
    return Tag::verb;
  if (is_in(w, coordinator)) return Tag::coordinator;
  if (w == "using") return Tag::preposition;
  if (w == "including" || w == "namely" || w == "e.g." || w == "i.e.") return Tag::preposition;
  if (is_in(w, subordinator)) return Tag::subordinator;
  if (is_in(w, preposition)) return Tag::preposition;
  if (is_in(w, adverb) || is_in(w, negation)) return Tag::adverb;
  return std::nullopt;
}

bool starts_noun_phrase(Tag tag) {
  return tag == Tag::determiner || tag == Tag::possessive_pronoun || tag == Tag::number ||
         tag == Tag::adjective || tag == Tag::noun || tag == Tag::pronoun;
}

class Tagger {
 public:
  explicit Tagger(Sentence& sentence) : tokens_(sentence) {}

  void run() {
    for (Token& token : tokens_) {
      if (token.kind == TokenKind::word) {
        token.verb = verb_lemma(token.lower);
        token.form = form_of(token);
      }
    }
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const auto closed = closed_tag(tokens_[i]);
      tokens_[i].tag = closed ? *closed : open_tag(i);
      correct_closed(i);
      if (tokens_[i].tag == Tag::verb) finite_seen_ = true;
      if (tokens_[i].tag == Tag::relative || tokens_[i].tag == Tag::subordinator ||
          tokens_[i].lower == ":")
        finite_seen_ = false;
    }
  }

 private:
  [[nodiscard]] const Token* token(std::size_t i) const {
    return i < tokens_.size() ? &tokens_[i] : nullptr;
  }

  /// A guess at the tag of a token that has not been tagged yet, from the word alone.
  [[nodiscard]] Tag guess(std::size_t i) const {
    const Token* t = token(i);
    if (t == nullptr) return Tag::punctuation;
    if (const auto closed = closed_tag(*t)) return *closed;
    const Candidates c = candidates_of(*t);
    if (c.noun >= c.verb && c.noun >= c.adjective) return Tag::noun;
    if (c.adjective > c.verb) return Tag::adjective;
    if (c.verb > 0 && t->form != VerbForm::gerund && t->form != VerbForm::past) return Tag::verb;
    if (c.verb > 0) return Tag::adjective;
    return c.adverb > 0 ? Tag::adverb : Tag::noun;
  }

  /// The nearest token before `i` that is no adverb.
  [[nodiscard]] const Token* before(std::size_t i) const {
    while (i > 0) {
      --i;
      if (tokens_[i].tag != Tag::adverb) return &tokens_[i];
    }
    return nullptr;
  }

  [[nodiscard]] bool strong_verb(const Token& t) const {
    return is_in(t.verb, recording_verb) || is_in(t.verb, having_verb) ||
           is_in(t.verb, creating_verb) || is_in(t.verb, inside_verb);
  }

  Tag nominal(const Token& t, const Candidates& c) const {
    if (t.form == VerbForm::past && c.noun == 0) return Tag::adjective;
    if (c.noun > 0 && c.noun * 2 >= c.adjective) return Tag::noun;
    if (c.adjective > 0) return Tag::adjective;
    if (c.adverb > 0 && c.verb == 0 && t.lower.ends_with("ly")) return Tag::adverb;
    return Tag::noun;
  }

  Tag open_tag(std::size_t i) const {
    const Token& t = tokens_[i];
    const Candidates c = candidates_of(t);
    const Token* previous = before(i);
    // "Also, record the age": begins as if nothing stood before.
    if (previous == &tokens_.front() + 1 && previous->lower == "," &&
        tokens_.front().tag == Tag::adverb)
      previous = nullptr;
    const Tag next = guess(i + 1);
    const Token* following = token(i + 1);
    if (c.adverb > 0 && c.noun + c.verb + c.adjective == 0) return Tag::adverb;
    if (t.lower.ends_with("ly") && c.adverb > 0 && c.adverb >= c.adjective && c.noun == 0)
      return Tag::adverb;
    if (previous != nullptr && previous->tag == Tag::modal) return Tag::verb;
    if (c.verb == 0) return nominal(t, c);

    if (previous != nullptr) {
      switch (previous->tag) {
        case Tag::modal:
          return Tag::verb;
        case Tag::infinitive_to:
          if (t.form == VerbForm::base && !(c.noun > 4 * c.verb && next == Tag::punctuation))
            return Tag::verb;
          break;
        case Tag::determiner:
        case Tag::possessive_pronoun:
        case Tag::possessive_mark:
        case Tag::number:
        case Tag::preposition:
          if (t.form == VerbForm::gerund && is_in(previous->lower, distributive) &&
              !strong_gerund(t, following))
            return Tag::noun;
          if (t.form == VerbForm::gerund && c.noun == 0 && previous->tag == Tag::preposition)
            return next == Tag::noun && c.adjective > 0 ? Tag::adjective : Tag::gerund;
          if (t.form == VerbForm::gerund && previous->tag == Tag::preposition &&
              (next == Tag::determiner || next == Tag::possessive_pronoun))
            return Tag::gerund;
          // "each contains", "those belonging": the determiner stands for its noun.
          if (previous->tag == Tag::determiner && is_in(previous->lower, distributive) &&
              ((t.form == VerbForm::third_person && next != Tag::noun) ||
               (t.form == VerbForm::gerund && next != Tag::noun)))
            return t.form == VerbForm::gerund ? Tag::gerund : Tag::verb;
          return nominal_modifier(t, c, next);
        case Tag::adjective:
          return nominal_modifier(t, c, next);
        case Tag::verb:
          if (is_in(previous->lower, be) || is_in(previous->lower, WordClass::have)) {
            if (is_in(previous->lower, be) && is_in(t.lower, same_participle))
              return Tag::participle;
            if (t.form == VerbForm::past)
              return following != nullptr && next == Tag::noun && c.adjective > c.verb
                         ? Tag::adjective
                         : Tag::participle;
            if (t.form == VerbForm::gerund && is_in(previous->lower, be)) return Tag::verb;
          }
          if (is_in(previous->lower, do_verb)) return Tag::verb;
          return nominal_modifier(t, c, next);
        default:
          break;
      }
    }
    switch (t.form) {
      case VerbForm::third_person:
        return finite(i, c, previous, next) ? Tag::verb : nominal(t, c);
      case VerbForm::base:
        return finite(i, c, previous, next) ? Tag::verb : nominal(t, c);
      case VerbForm::past:
        if (c.noun > c.verb) return Tag::noun;
        if (previous != nullptr && (previous->tag == Tag::noun || previous->tag == Tag::pronoun ||
                                    previous->tag == Tag::relative))
          return previous->tag == Tag::noun ? Tag::participle : Tag::verb;
        if (next == Tag::noun || next == Tag::adjective) return Tag::adjective;
        return Tag::participle;
      case VerbForm::gerund:
        // ", ensuring ...": the consequence, not one more item of the list.
        if (is_in(t.verb, consequence_verb) && following != nullptr &&
            following->kind == TokenKind::word)
          return Tag::gerund;
        // "managing students": what is done to several of them.
        if ((is_in(t.verb, recording_verb) || is_in(t.verb, browsing_verb) ||
             is_in(t.verb, creating_verb)) &&
            plural_ahead(i + 1))
          return Tag::gerund;
        if (previous == nullptr || previous->tag == Tag::subordinator)
          return next == Tag::noun && c.noun > 0 ? Tag::noun : Tag::gerund;
        if (previous->tag == Tag::noun)
          return (starts_noun_phrase(next) && next != Tag::noun && c.noun <= 4 * c.verb) ||
                         next == Tag::infinitive_to || strong_gerund(t, following)
                     ? Tag::gerund
                     : Tag::noun;
        if (starts_noun_phrase(next) && next != Tag::noun && next != Tag::adjective)
          return Tag::gerund;
        if (strong_gerund(t, following)) return Tag::gerund;
        return nominal(t, c);
      case VerbForm::none:
        break;
    }
    return nominal(t, c);
  }

  /// Whether the nouns from `i` on end in a plural.
  [[nodiscard]] bool plural_ahead(std::size_t i) const {
    bool plural = false;
    for (; i < tokens_.size(); ++i) {
      const Tag next = guess(i);
      if (next != Tag::noun && next != Tag::adjective) break;
      plural = next == Tag::noun && is_plural_noun(tokens_[i].lower);
    }
    return plural;
  }

  /// "containing", "consisting of", "recording the": opens a participle clause rather than a noun.
  [[nodiscard]] bool strong_gerund(const Token& t, const Token* following) const {
    if (following == nullptr) return false;
    if (t.verb == "consist" || t.verb == "contain" || t.verb == "comprise" || t.verb == "belong" ||
        t.verb == "have" || t.verb == "store" || t.verb == "record" || t.verb == "specify" ||
        t.verb == "indicate" || t.verb == "document" || t.verb == "show" || t.verb == "describe" ||
        t.verb == "capture" || t.verb == "cover" || t.verb == "detail")
      return following->kind == TokenKind::word;
    return following->lower == "of" && t.verb == "consist";
  }

  Tag nominal_modifier(const Token& t, const Candidates& c, Tag next) const {
    if (t.form == VerbForm::past && c.noun <= c.verb) return Tag::adjective;
    (void)next;
    return nominal(t, c);
  }

  /// Whether an -s or base form is the finite verb of its clause here.
  [[nodiscard]] bool finite(std::size_t i, const Candidates& c, const Token* previous,
                            Tag next) const {
    const Token& t = tokens_[i];
    const Token* following = token(i + 1);
    const bool complement =
        starts_noun_phrase(next) || next == Tag::preposition || next == Tag::infinitive_to ||
        next == Tag::adverb || next == Tag::subordinator || next == Tag::relative ||
        (following != nullptr && following->lower == ":" && strong_verb(t)) ||
        (next == Tag::verb && following != nullptr && following->form == VerbForm::past);
    if (c.noun == 0) {
      if (previous == nullptr || previous->tag == Tag::noun || previous->tag == Tag::pronoun ||
          previous->tag == Tag::relative)
        return true;
      if (t.form == VerbForm::base &&
          (previous->tag == Tag::coordinator || previous->lower == ",") &&
          (next == Tag::noun || next == Tag::punctuation) && (t.capital || !after_modal(i)))
        return false;
      return previous->tag == Tag::coordinator || previous->tag == Tag::punctuation
                 ? complement || finite_seen_
                 : true;
    }
    if (previous == nullptr) {
      // An imperative: "Record the name of each user", "Track usage".
      return t.form == VerbForm::base && strong_verb(t) && complement && next != Tag::preposition &&
                     next != Tag::noun
                 ? true
                 : (strong_verb(t) && is_in(t.verb, recording_verb) &&
                    (next == Tag::determiner || next == Tag::adjective ||
                     (next == Tag::noun && t.form == VerbForm::third_person) ||
                     (next == Tag::noun && c.verb >= c.noun)));
    }
    const bool subject_before = previous->tag == Tag::noun || previous->tag == Tag::pronoun ||
                                previous->tag == Tag::relative || previous->lower == ")";
    if (subject_before) {
      if (finite_seen_ && previous->tag == Tag::noun && !strong_verb(t)) return false;
      const bool plural_subject = previous->tag == Tag::pronoun || previous->tag == Tag::relative ||
                                  (previous->tag == Tag::noun &&
                                   (is_plural_noun(previous->lower) ||
                                    (!finite_seen_ && c.verb > c.noun && plural_before_of(i))));
      if (t.form == VerbForm::base && !plural_subject) return false;
      if (t.form == VerbForm::third_person && plural_subject && previous->tag == Tag::noun &&
          !strong_verb(t))
        return false;
      if (previous->tag != Tag::noun) return complement || c.verb >= c.noun;
      // "Sales records track ...": the word behind is the verb, this one a noun.
      if (following != nullptr && !following->verb.empty() &&
          (is_in(following->lower, WordClass::have) || is_in(following->lower, be) ||
           is_in(following->verb, modal)))
        return false;
      // "Sales records track the status": the word behind is the verb.
      if (following != nullptr && following->form == VerbForm::base && strong_verb(*following) &&
          t.form == VerbForm::third_person &&
          (guess(i + 2) == Tag::determiner || guess(i + 2) == Tag::possessive_pronoun))
        return false;
      if (next == Tag::verb && following->form != VerbForm::past && t.verb != "help") return false;
      if (following != nullptr && is_in(following->lower, modal)) return false;
      if (next == Tag::preposition && c.noun > c.verb && !strong_verb(t)) return false;
      if (next == Tag::preposition && strong_verb(t) && c.noun >= c.verb &&
          following->lower != "as" && following->lower != "for" && following->lower != "including")
        return false;
      if (next == Tag::noun && !strong_verb(t) && c.noun > 2 * c.verb) return false;
      return complement;
    }
    if (previous->tag == Tag::coordinator || previous->lower == ",") {
      if (!finite_seen_) return false;
      if (next == Tag::noun && !strong_verb(t) && c.noun > c.verb) return false;
      if (next == Tag::preposition) return false;
      if (t.form == VerbForm::base && previous->lower == "," && next != Tag::determiner &&
          next != Tag::possessive_pronoun)
        return false;
      if (t.form == VerbForm::base && next == Tag::noun && c.noun > c.verb) return false;
      if (t.form == VerbForm::base && !after_modal(i)) {
        return strong_verb(t) && (next == Tag::determiner || next == Tag::possessive_pronoun);
      }
      return complement && (strong_verb(t) || c.verb >= c.noun);
    }
    if (previous->lower == ":" || previous->lower == "." || previous->lower == ")")
      return strong_verb(t) && complement && next != Tag::preposition &&
             (next != Tag::noun || t.form == VerbForm::third_person);
    return false;
  }

  /// Whether a plural and "of" stand before the noun phrase in front of `i`: "lessons of a
  /// section".
  [[nodiscard]] bool plural_before_of(std::size_t i) const {
    std::size_t at = i;
    while (at > 0 && (tokens_[at - 1].tag == Tag::noun || tokens_[at - 1].tag == Tag::adjective ||
                      tokens_[at - 1].tag == Tag::determiner))
      --at;
    return at > 1 && tokens_[at - 1].lower == "of" && tokens_[at - 2].tag == Tag::noun &&
           is_plural_noun(tokens_[at - 2].lower);
  }

  /// Whether the verb group that this word would continue began with a modal or "to".
  [[nodiscard]] bool after_modal(std::size_t i) const {
    for (std::size_t j = i; j-- > 0 && i - j < 40;) {
      if (tokens_[j].tag == Tag::modal || tokens_[j].tag == Tag::infinitive_to) return true;
      if (tokens_[j].tag == Tag::relative) return false;
    }
    return false;
  }

  /// Closed words with two readings.
  void correct_closed(std::size_t i) {
    Token& t = tokens_[i];
    const Token* previous = before(i);
    const Token* following = token(i + 1);
    if (t.lower == "to" && following != nullptr) {
      // "belongs to projects": a preposition unless a base form follows.
      const bool verb_next = following->form == VerbForm::base || following->lower == "be";
      // "to exactly one group" counts; "to uniquely identify" is done.
      const Token* behind = token(i + 2);
      const bool adverb_next =
          (is_in(following->lower, adverb) || following->lower.ends_with("ly")) &&
          behind != nullptr && behind->form == VerbForm::base && !closed_tag(*behind);
      const LexicalEntry entry = look_up(following->lower);
      if (!(verb_next && (entry.verb > 0 || following->lower == "be")) && !adverb_next)
        t.tag = Tag::preposition;
      // "in addition to order management", "assigned to Work Packages"
      if (previous != nullptr && (previous->lower == "addition" || previous->lower == "according" ||
                                  previous->lower == "prior" || previous->lower == "regard"))
        t.tag = Tag::preposition;
      if (following->capital && following->lower != "be") t.tag = Tag::preposition;
      if (verb_next && entry.noun > 3 * entry.verb && !is_in(following->verb, recording_verb) &&
          !is_in(following->verb, having_verb) && !is_in(following->verb, creating_verb) &&
          !is_in(following->verb, browsing_verb) && following->lower != "be")
        t.tag = Tag::preposition;
    }
    if (t.lower == "that" && (previous == nullptr || previous->tag == Tag::preposition) &&
        following != nullptr && guess(i + 1) == Tag::noun)
      t.tag = Tag::determiner;
    // "records which vehicles", "by which driver": asks, rather than points back.
    if ((t.lower == "which" || t.lower == "what") && previous != nullptr && following != nullptr &&
        (previous->tag == Tag::verb || previous->lower == "by") && guess(i + 1) == Tag::noun)
      t.tag = Tag::determiner;
    if (t.lower == "like" && previous != nullptr && previous->tag == Tag::modal) t.tag = Tag::verb;
    if ((t.lower == "before" || t.lower == "after" || t.lower == "since" || t.lower == "until") &&
        false)
      t.tag = Tag::preposition;
    // "First, the user ..." orders the story; "a first name" does not.
    if ((t.lower == "first" || t.lower == "second" || t.lower == "third") && i > 0 &&
        following != nullptr && tokens_[i - 1].lower != "." && tokens_[i - 1].lower != "(") {
      const bool listed = following->lower == "and" || following->lower == ",";
      if (guess(i + 1) == Tag::noun || guess(i + 1) == Tag::adjective || listed)
        t.tag = Tag::adjective;
    }
    if (t.lower == "need" || t.lower == "needs") {
      if (following != nullptr && following->lower == "to") t.tag = Tag::verb;
    }
    if (is_in(t.lower, adverb) && t.lower == "well" && previous != nullptr &&
        previous->lower == "as")
      t.tag = Tag::adverb;
  }

  Sentence& tokens_;
  bool finite_seen_ = false;
};

}  // namespace

void tag(Sentence& sentence) { Tagger(sentence).run(); }

}  // namespace relata::english
