#include "read/english/parse.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "read/english/lexicon.h"
#include "read/english/parser.h"
#include "read/english/word_classes.h"

namespace relata::english {

using enum WordClass;

std::vector<Clause> Parser::run() {
  while (at_ < chunks_.size()) {
    const std::size_t before = at_;
    clause();
    if (at_ == before) ++at_;  // a word that fits nowhere
  }
  return std::move(clauses_);
}

bool Parser::is(std::size_t i, ChunkKind kind) const {
  return i < chunks_.size() && chunks_[i].kind == kind;
}

bool Parser::word_is(std::size_t i, ChunkKind kind, std::string_view word) const {
  return is(i, kind) && chunks_[i].word == word;
}

bool Parser::finite_verb(std::size_t i) const {
  return is(i, ChunkKind::verb) && !chunks_[i].verb.gerund && !chunks_[i].verb.participle &&
         !chunks_[i].verb.infinitive;
}

std::size_t Parser::behind_separator(std::size_t i) const {
  std::size_t next = i;
  if (is(next, ChunkKind::comma)) ++next;
  if (is(next, ChunkKind::coordinator) && chunks_[next].word != "but") ++next;
  if (next == i && is(next, ChunkKind::slash)) ++next;
  if (next < chunks_.size() && next > i && is(next, ChunkKind::other) &&
      (chunks_[next].word == "also" || chunks_[next].word == "etc"))
    ++next;
  return next;
}

bool Parser::opens_clause(std::size_t i) const {
  if (!is(i, ChunkKind::noun_phrase)) return false;
  std::size_t k = i + 1;
  while (is(k, ChunkKind::other) && chunks_[k].word != ".") ++k;
  if (finite_verb(k)) return true;
  if (chunks_[i].phrase.pronoun && chunks_[i].phrase.each) {
    // "each with a name", "each containing", "each of which has".
    if (is(k, ChunkKind::verb) || word_is(k, ChunkKind::preposition, "with")) return true;
    if (word_is(k, ChunkKind::preposition, "of") && is(k + 1, ChunkKind::relative)) return true;
  }
  // "the users of A and B have": over one prepositional phrase.
  if (is(k, ChunkKind::preposition) && is(k + 1, ChunkKind::noun_phrase) && finite_verb(k + 2))
    return true;
  return false;
}

std::size_t Parser::lead_ends_at(std::size_t begin) const {
  std::size_t comma = begin;
  while (comma < chunks_.size() &&
         (is(comma, ChunkKind::noun_phrase) || is(comma, ChunkKind::preposition)))
    ++comma;
  if (!is(comma, ChunkKind::comma)) return chunks_.size();
  bool coordinated = false;
  constexpr std::size_t longest = 60;  // further on, nobody remembers the phrase in front
  const std::size_t end = std::min(chunks_.size(), comma + longest);
  for (std::size_t i = comma + 1; i < end; ++i) {
    if (finite_verb(i)) return i > comma + 1 ? comma : chunks_.size();
    if (is(i, ChunkKind::coordinator)) {
      coordinated = true;
    } else if (is(i, ChunkKind::comma)) {
      if (coordinated && !is(i + 1, ChunkKind::coordinator)) return chunks_.size();
    } else if (is(i, ChunkKind::open)) {
      while (i + 1 < chunks_.size() && !is(i, ChunkKind::close)) ++i;
    } else if (!is(i, ChunkKind::noun_phrase) && !is(i, ChunkKind::preposition) &&
               !is(i, ChunkKind::other)) {
      return chunks_.size();
    }
  }
  return chunks_.size();
}

bool Parser::gerund_clause_behind(std::size_t i) const {
  return is(i, ChunkKind::noun_phrase) && is(i + 1, ChunkKind::verb) && chunks_[i + 1].verb.gerund;
}

void Parser::clause() {
  Clause current;
  const std::size_t start = at_;
  const std::size_t inherited = clauses_.size();
  bool coordinated = false;
  while (is(at_, ChunkKind::comma) || is(at_, ChunkKind::coordinator) ||
         is(at_, ChunkKind::other) || is(at_, ChunkKind::slash) || is(at_, ChunkKind::close)) {
    coordinated = coordinated || is(at_, ChunkKind::coordinator) || is(at_, ChunkKind::comma);
    ++at_;
    if (at_ >= chunks_.size()) return;
  }
  if (is(at_, ChunkKind::subordinator)) {
    current.opening = chunks_[at_].word;
    ++at_;
  }
  // Prepositional phrases in front of the subject, and "each time".
  while (is(at_, ChunkKind::preposition) || is(at_, ChunkKind::opener)) {
    if (is(at_, ChunkKind::opener)) {
      ++at_;
      continue;
    }
    if (!is(at_ + 1, ChunkKind::noun_phrase)) {
      ++at_;
      if (is(at_, ChunkKind::verb)) {
        current.opening = chunks_[at_ - 1].word;  // "by recording ...", "after completing ..."
        break;
      }
      continue;
    }
    if (word_is(at_, ChunkKind::preposition, "with") && gerund_clause_behind(at_ + 1)) {
      ++at_;
      break;
    }
    Attachment lead;
    lead.preposition = chunks_[at_].word;
    ++at_;
    lead.items = items(false, 0, lead_ends_at(at_));
    current.leads.push_back(std::move(lead));
    if (is(at_, ChunkKind::comma)) ++at_;
    if (is(at_, ChunkKind::subordinator)) {
      current.opening = chunks_[at_].word;
      ++at_;
    }
  }
  if (is(at_, ChunkKind::noun_phrase) || is(at_, ChunkKind::whether)) {
    if (is_time(at_) && opens_clause(at_ + 1)) {
      current.opening = "time";  // "each time a customer subscribes"
      ++at_;
      if (is(at_, ChunkKind::relative) || is(at_, ChunkKind::subordinator)) ++at_;
    } else if (is_time(at_) && is(at_ + 1, ChunkKind::subordinator)) {
      current.opening = "time";
      at_ += 2;
    }
    current.subject = items(true);
    if (coordinated && goes_on_behind_relative(current)) return;
    after_subject(current, start);
    return;
  }
  if (is(at_, ChunkKind::verb)) {
    if (coordinated && inherited > 0 && !chunks_[at_].verb.gerund) {
      const Clause& previous = clauses_.back();
      current.subject = previous.subject;
      current.continued = true;
      if (current.opening.empty() && !previous.opening.empty()) current.opening = previous.opening;
    } else if (chunks_[at_].verb.gerund && inherited > 0 && current.opening.empty() &&
               clauses_.back().opening.empty()) {
      current.subject = clauses_.back().subject;
      current.continued = true;
    }
    verb_and_rest(current, start);
    return;
  }
  if (is(at_, ChunkKind::relative)) {
    relative_clause(antecedent());
    return;
  }
  if (is(at_, ChunkKind::open)) {
    // A parenthesis that no noun phrase took: read what is inside.
    ++at_;
    return;
  }
  if (is(at_, ChunkKind::colon)) {
    ++at_;
    if (is(at_, ChunkKind::opener)) ++at_;
    current.colon = true;
    current.objects = items(false);
    if (!current.objects.empty()) push(std::move(current), start);
    return;
  }
  if (!current.leads.empty()) push(std::move(current), start);
}

bool Parser::goes_on_behind_relative(Clause& current) {
  if (clauses_.size() < 2 || !clauses_.back().relative || !current.leads.empty() ||
      !current.opening.empty())
    return false;
  const bool ends = at_ >= chunks_.size() || word_is(at_, ChunkKind::other, ".");
  Clause& list = clauses_[clauses_.size() - 2];
  const NounPhrase& first = current.subject.front().phrase;
  if (!first.indefinite && !first.definite && !first.own) return false;
  if (!ends || !list.verb || list.relative || list.objects.empty()) return false;
  list.objects.insert(list.objects.end(), current.subject.begin(), current.subject.end());
  return true;
}

bool Parser::is_time(std::size_t i) const {
  return is(i, ChunkKind::noun_phrase) && chunks_[i].phrase.head() == "time" &&
         chunks_[i].phrase.each;
}

void Parser::after_subject(Clause& current, std::size_t start) {
  if (word_is(at_, ChunkKind::preposition, "of") && is(at_ + 1, ChunkKind::relative)) at_ += 2;
  // A relative clause behind the subject, closed by the main verb.
  std::size_t next = at_;
  if (is(next, ChunkKind::comma) && is(next + 1, ChunkKind::relative)) ++next;
  if (is(next, ChunkKind::relative) && !current.subject.empty()) {
    at_ = next;
    relative_clause(std::vector<Item>{current.subject.back()});
    if (is(at_, ChunkKind::comma) && finite_verb(at_ + 1)) ++at_;
    if (!is(at_, ChunkKind::verb)) {
      push(std::move(current), start);
      return;
    }
  }
  // ", each of which", adverbs between subject and verb.
  if (is(at_, ChunkKind::comma) && is(at_ + 1, ChunkKind::verb) && finite_verb(at_ + 1) &&
      !current.subject.empty() && !current.subject.back().list.empty())
    ++at_;
  while (is(at_, ChunkKind::other) && is(at_ + 1, ChunkKind::verb)) ++at_;
  if (is(at_, ChunkKind::verb)) {
    verb_and_rest(current, start);
    return;
  }
  if (is(at_, ChunkKind::colon)) {
    ++at_;
    if (is(at_, ChunkKind::opener)) ++at_;
    current.colon = true;
    if (is(at_, ChunkKind::noun_phrase) && !opens_clause(at_)) {
      in_definition_ = true;
      current.objects = items(false);
      in_definition_ = false;
    }
    push(std::move(current), start);
    return;
  }
  push(std::move(current), start);
}

void Parser::verb_and_rest(Clause& current, std::size_t start) {
  current.verb = chunks_[at_].verb;
  ++at_;
  stops_at_comma_ = !current.opening.empty() && is_in(current.opening, event_subordinator);
  complement(current);
  stops_at_comma_ = false;
  push(std::move(current), start);
}

void Parser::complement(Clause& current) {
  bool pending_infinitive = false;
  while (at_ < chunks_.size()) {
    if (is(at_, ChunkKind::noun_phrase) || is(at_, ChunkKind::whether)) {
      if (!current.objects.empty() || (pending_infinitive)) break;
      if (opens_clause(at_) && is_object_clause(current)) break;
      // "..., which is unique within its building, and a capacity": the comma ends the aside.
      const LexicalEntry entry = look_up(chunks_[at_].phrase.head());
      const bool aside = current.relative && current.verb->lemma == "be" &&
                         entry.adjective > entry.noun && !chunks_[at_].phrase.indefinite;
      const bool before = std::exchange(stops_at_comma_, stops_at_comma_ || aside);
      current.objects = items(false);
      stops_at_comma_ = before;
      continue;
    }
    if (is(at_, ChunkKind::open) && current.objects.empty()) {
      ++at_;
      continue;
    }
    if (is(at_, ChunkKind::opener)) {
      ++at_;
      if (is(at_, ChunkKind::colon)) ++at_;
      std::vector<Item> list = items(false);
      attach_list(current, std::move(list), ListKind::including);
      skip_etc();
      continue;
    }
    if (is(at_, ChunkKind::comma) && is(at_ + 1, ChunkKind::opener)) {
      ++at_;
      continue;
    }
    if (is(at_, ChunkKind::colon)) {
      ++at_;
      if (is(at_, ChunkKind::opener)) ++at_;
      if (opens_clause(at_)) break;
      std::vector<Item> list = items(false);
      attach_list(current, std::move(list), ListKind::colon);
      continue;
    }
    if (is(at_, ChunkKind::preposition)) {
      if (word_is(at_, ChunkKind::preposition, "with") && gerund_clause_behind(at_ + 1)) break;
      if (is(at_ + 1, ChunkKind::noun_phrase)) {
        Attachment attachment;
        attachment.preposition = chunks_[at_].word;
        ++at_;
        attachment.items = items(false);
        current.attachments.push_back(std::move(attachment));
        continue;
      }
      if (is(at_ + 1, ChunkKind::verb)) break;
      // "subscribes to or unsubscribes from a plan": the second verb adds nothing.
      if (is(at_ + 1, ChunkKind::coordinator) && finite_verb(at_ + 2) &&
          is(at_ + 3, ChunkKind::preposition))
        ++at_, ++at_;
      ++at_;
      continue;
    }
    if (is(at_, ChunkKind::other) && chunks_[at_].word != ".") {
      ++at_;
      continue;
    }
    break;
  }
}

bool Parser::is_object_clause(const Clause& current) {
  return current.verb && !current.verb->lemma.empty();
}

void Parser::attach_list(Clause& current, std::vector<Item> list, ListKind kind) {
  if (list.empty()) return;
  if (!current.attachments.empty() && !current.attachments.back().items.empty() &&
      current.attachments.back().items.back().list.empty() && kind != ListKind::colon) {
    Item& item = current.attachments.back().items.back();
    item.list = std::move(list);
    item.list_kind = kind;
  } else if (current.objects.empty()) {
    current.objects = std::move(list);
  } else if (current.objects.back().list.empty()) {
    current.objects.back().list = std::move(list);
    current.objects.back().list_kind = kind;
  } else {
    current.objects.insert(current.objects.end(), list.begin(), list.end());
  }
}

std::vector<Item> Parser::antecedent() const {
  if (clauses_.empty()) return {};
  const Clause& last = clauses_.back();
  if (!last.attachments.empty() && !last.attachments.back().items.empty() && last.objects.empty())
    return {last.attachments.back().items.back()};
  if (!last.objects.empty()) return {last.objects.back()};
  if (!last.subject.empty()) return {last.subject.back()};
  return {};
}

void Parser::relative_clause(std::vector<Item> antecedent) {
  const std::size_t start = at_;
  Clause current;
  const std::string pronoun = chunks_[at_].word;
  ++at_;
  current.relative = true;
  if (pronoun == "whose" && is(at_, ChunkKind::noun_phrase)) {
    NounPhrase phrase = chunks_[at_].phrase;
    ++at_;
    if (!antecedent.empty()) phrase.possessor.push_back(antecedent.front().phrase);
    Item item;
    item.phrase = std::move(phrase);
    current.subject.push_back(std::move(item));
    if (is(at_, ChunkKind::verb)) verb_and_rest(current, start);
    return;
  }
  if (is(at_, ChunkKind::noun_phrase)) {
    if (opens_clause(at_)) {
      // "the orders that a customer places"
      current.subject = items(true);
      current.object_gap = true;
      if (is(at_, ChunkKind::verb)) {
        current.verb = chunks_[at_].verb;
        ++at_;
        complement(current);
        if (current.objects.empty()) current.objects = std::move(antecedent);
        push(std::move(current), start);
        return;
      }
    }
    return;
  }
  current.subject = std::move(antecedent);
  while (is(at_, ChunkKind::other) && is(at_ + 1, ChunkKind::verb)) ++at_;
  if (is(at_, ChunkKind::verb)) verb_and_rest(current, start);
}

void Parser::push(Clause clause, std::size_t start) {
  const std::size_t last = std::max(start + 1, std::min(at_, chunks_.size()));
  clause.span = {tokens_[chunks_[start].begin].span.begin,
                 tokens_[chunks_[last - 1].end - 1].span.end};
  clauses_.push_back(std::move(clause));
}

std::vector<Clause> parse(const Sentence& sentence, const std::vector<Chunk>& chunks) {
  return Parser(sentence, chunks).run();
}

}  // namespace relata::english
