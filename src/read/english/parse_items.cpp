#include <algorithm>
#include <utility>

#include "base/text.h"
#include "read/english/lexicon.h"
#include "read/english/parser.h"
#include "read/english/word_classes.h"

namespace relata::english {

using enum WordClass;

std::vector<Item> Parser::items(bool subject_position, int depth, std::size_t stop) {
  std::vector<Item> list;
  bool alternative = false;
  while (at_ < chunks_.size()) {
    if (!is(at_, ChunkKind::noun_phrase) && !is(at_, ChunkKind::whether)) break;
    if (!subject_position && !list.empty() && opens_clause(at_)) break;
    Item item = is(at_, ChunkKind::whether) ? whether_item() : noun_item(depth, subject_position);
    item.alternative = alternative;
    // "multiple curators and exhibits": the number counts for both.
    if (!list.empty() && item.phrase.plural && !item.phrase.quantity.stated &&
        !item.phrase.definite && !item.phrase.own && !item.phrase.each) {
      const Quantity& before = list.back().phrase.quantity;
      if (before.stated && !before.maximum) item.phrase.quantity = before;
    }
    list.push_back(std::move(item));
    // "When a member rents a kayak, the time is recorded": the comma ends the when-clause.
    if (stops_at_comma_ && depth == 0 && is(at_, ChunkKind::comma)) break;
    std::size_t next = behind_separator(at_);
    while (in_definition_ && depth == 0 && next != at_ && quality_ends_at(next) > next) {
      list.push_back(quality_item(next));
      next = behind_separator(at_);
    }
    if (next == at_ || at_ >= stop) break;
    if (!is(next, ChunkKind::noun_phrase) && !is(next, ChunkKind::whether)) break;
    // "..., he or she makes": no item of a list of things.
    if (chunks_[next].phrase.pronoun && !list.front().phrase.pronoun &&
        is_in(chunks_[next].word, personal_pronoun))
      break;
    if (!subject_position && opens_clause(next)) break;
    alternative = chunks_[next - 1].word == "or" || chunks_[next - 1].kind == ChunkKind::slash;
    at_ = next;
  }
  return list;
}

std::size_t Parser::quality_ends_at(std::size_t i) const {
  if (!is(i, ChunkKind::verb) || tokens_[chunks_[i].begin].lower != "is") return i;
  std::size_t end = i + 1;
  if (is(end, ChunkKind::noun_phrase) && chunks_[end].phrase.words.size() == 1 &&
      !chunks_[end].phrase.indefinite && !chunks_[end].phrase.definite)
    ++end;
  const std::size_t words = chunks_[end - 1].end - chunks_[i].begin;
  const bool closed = end >= chunks_.size() || is(end, ChunkKind::comma) ||
                      is(end, ChunkKind::coordinator) || word_is(end, ChunkKind::other, ".");
  return closed && words > 1 && words < 4 ? end : i;
}

Item Parser::quality_item(std::size_t i) {
  const std::size_t end = quality_ends_at(i);
  const std::size_t first = chunks_[i].begin + 1;
  const std::size_t last = chunks_[end - 1].end;
  Item item;
  item.whether = true;
  for (std::size_t k = first; k < last; ++k) item.phrase.words.push_back(tokens_[k].lower);
  item.phrase.span = {tokens_[first - 1].span.begin, tokens_[last - 1].span.end};
  at_ = end;
  return item;
}

Item Parser::whether_item() {
  Item item;
  item.whether = true;
  const std::size_t begin = chunks_[at_].begin;
  ++at_;
  std::vector<std::string> words;
  std::size_t end = begin + 1;
  while (at_ < chunks_.size() && !is(at_, ChunkKind::comma) && !is(at_, ChunkKind::close) &&
         !is(at_, ChunkKind::open) && !word_is(at_, ChunkKind::other, ".") &&
         !(is(at_, ChunkKind::coordinator) && is(at_ + 1, ChunkKind::whether)) &&
         !(word_is(at_, ChunkKind::coordinator, "and") && !words.empty())) {
    for (std::size_t k = chunks_[at_].begin; k < chunks_[at_].end; ++k) {
      const Token& t = tokens_[k];
      if (t.kind == TokenKind::punctuation || t.tag == Tag::determiner || t.tag == Tag::modal ||
          t.tag == Tag::pronoun || t.tag == Tag::possessive_pronoun || t.tag == Tag::preposition ||
          is_in(t.lower, be) || t.tag == Tag::adverb || t.lower == "or" || t.lower == "not")
        continue;
      words.push_back(t.lower);
    }
    end = chunks_[at_].end;
    ++at_;
  }
  if (words.size() > 1 && words.size() <= 5) {
    // "the room is smoking": the quality says it, not the thing.
    words.erase(words.begin());
  }
  if (words.size() > 3) words.resize(3);
  item.phrase.words = std::move(words);
  item.phrase.span = {tokens_[begin].span.begin, tokens_[end - 1].span.end};
  return item;
}

Item Parser::noun_item(int depth, bool subject_position) {
  Item item;
  item.phrase = chunks_[at_].phrase;
  ++at_;
  name_moment(item);
  while (at_ < chunks_.size()) {
    if (is(at_, ChunkKind::open)) {
      parenthesis(item, depth);
      continue;
    }
    if (take_range(item)) continue;
    std::size_t opener = at_;
    if (is(opener, ChunkKind::comma) && is(opener + 1, ChunkKind::opener)) ++opener;
    if (is(opener, ChunkKind::opener) && depth < 3 &&
        (is(opener + 1, ChunkKind::noun_phrase) || is(opener + 1, ChunkKind::whether) ||
         is(opener + 1, ChunkKind::colon))) {
      const bool such_as = chunks_[opener].word != "including" && chunks_[opener].word != "namely";
      at_ = opener + 1;
      if (is(at_, ChunkKind::colon)) ++at_;
      item.list = items(false, depth + 1);
      item.list_kind = such_as ? ListKind::such_as : ListKind::including;
      skip_etc();
      break;
    }
    if (word_is(at_, ChunkKind::preposition, "with") && is(at_ + 1, ChunkKind::noun_phrase) &&
        !gerund_clause_behind(at_ + 1) && !opens_clause(at_ + 1) && depth < 3) {
      ++at_;
      std::vector<Item> with = items(false, depth + 1);
      if (item.list.empty()) {
        item.list = std::move(with);
        item.list_kind = ListKind::with;
      } else {
        item.attachments.push_back({"with", std::move(with)});
      }
      continue;
    }
    if (is(at_, ChunkKind::preposition) && is(at_ + 1, ChunkKind::noun_phrase) &&
        chunks_[at_].word != "with" && (subject_position || !opens_clause(at_ + 1))) {
      Attachment attachment;
      attachment.preposition = chunks_[at_].word;
      ++at_;
      Item object;
      object.phrase = chunks_[at_].phrase;
      ++at_;
      if (is(at_, ChunkKind::open)) parenthesis(object, depth);
      attachment.items.push_back(std::move(object));
      // "between A and B": both belong to the preposition.
      if (attachment.preposition == "between" && is(at_, ChunkKind::coordinator) &&
          is(at_ + 1, ChunkKind::noun_phrase)) {
        ++at_;
        Item second;
        second.phrase = chunks_[at_].phrase;
        ++at_;
        attachment.items.push_back(std::move(second));
      }
      item.attachments.push_back(std::move(attachment));
      continue;
    }
    if (is(at_, ChunkKind::verb) && chunks_[at_].verb.participle && !item.phrase.pronoun) {
      // "products supplied": stays with its noun unless it carries objects of its own.
      const std::string& lemma = chunks_[at_].verb.lemma;
      if (is(at_ + 1, ChunkKind::noun_phrase)) break;
      item.participle.push_back(chunks_[at_].verb);
      (void)lemma;
      ++at_;
      continue;
    }
    break;
  }
  return item;
}

bool Parser::bare_number(std::size_t i) const {
  return is(i, ChunkKind::noun_phrase) && chunks_[i].phrase.words.size() == 1 &&
         is_ascii_digit(chunks_[i].phrase.words.front().front());
}

bool Parser::take_range(Item& item) {
  std::size_t end = at_ + 1;
  const bool between_alone = is(at_, ChunkKind::noun_phrase) && chunks_[at_].phrase.pronoun &&
                             chunks_[at_].phrase.head() == "between";
  if (!between_alone) {
    if (!word_is(at_, ChunkKind::preposition, "between") &&
        !word_is(at_, ChunkKind::preposition, "from"))
      return false;
    // "1 to 5" may have been read as one number.
    const bool whole = bare_number(at_ + 1) && chunks_[at_ + 1].end - chunks_[at_ + 1].begin == 3;
    const bool joined = word_is(at_ + 2, ChunkKind::coordinator, "and") ||
                        word_is(at_ + 2, ChunkKind::preposition, "to");
    if (!whole && !(bare_number(at_ + 1) && joined && bare_number(at_ + 3))) return false;
    end = whole ? at_ + 2 : at_ + 4;
  }
  for (std::size_t k = chunks_[at_].begin; k < chunks_[end - 1].end; ++k)
    item.remark += (item.remark.empty() ? "" : " ") + tokens_[k].lower;
  at_ = end;
  return true;
}

void Parser::name_moment(Item& item) {
  const std::string& head =
      item.phrase.words.empty() ? item.phrase.of_word : item.phrase.words.back();
  if ((head != "time" && head != "date") || item.phrase.words.size() != 1) return;
  std::size_t next = at_;
  if (is(next, ChunkKind::subordinator) && chunks_[next].word == "when") ++next;
  if (!is(next, ChunkKind::noun_phrase) || !is(next + 1, ChunkKind::verb)) return;
  if (next == at_ && !chunks_[next].phrase.pronoun) return;
  const Token& verb = tokens_[chunks_[next + 1].end - 1];
  if (verb.form != VerbForm::past) return;
  item.phrase.words = {verb.lower, head == "time" ? "at" : "date"};
  item.phrase.span.end = verb.span.end;
  at_ = next + 2;
}

void Parser::skip_etc() {
  std::size_t i = at_;
  if (is(i, ChunkKind::comma)) ++i;
  if (is(i, ChunkKind::coordinator)) ++i;
  if (i < chunks_.size() && is(i, ChunkKind::other) && chunks_[i].word == "etc") {
    at_ = i + 1;
    if (word_is(at_, ChunkKind::other, ".")) ++at_;
  }
}

void Parser::parenthesis(Item& item, int depth) {
  const std::size_t open = at_;
  std::size_t close = open + 1;
  int nesting = 1;
  while (close < chunks_.size()) {
    if (is(close, ChunkKind::open)) ++nesting;
    if (is(close, ChunkKind::close) && --nesting == 0) break;
    ++close;
  }
  const std::size_t first = chunks_[open].end;
  const std::size_t last = close < chunks_.size() ? chunks_[close].begin : tokens_.size();
  for (std::size_t k = first; k < last; ++k) {
    if (!item.remark.empty()) item.remark += ' ';
    item.remark += tokens_[k].lower;
  }
  if (last > first) item.remark_span = {tokens_[first].span.begin, tokens_[last - 1].span.end};
  at_ = open + 1;
  if (depth < 3) {
    bool such_as = false;
    if (is(at_, ChunkKind::opener)) {
      such_as = chunks_[at_].word != "including" && chunks_[at_].word != "namely";
      ++at_;
    } else if (is(at_, ChunkKind::verb) && chunks_[at_].verb.lemma == "include") {
      ++at_;
    }
    if (is(at_, ChunkKind::colon)) ++at_;
    std::vector<Item> inner = items(false, depth + 1);
    if (!inner.empty() && item.list.empty()) {
      item.list = std::move(inner);
      item.list_kind = such_as ? ListKind::such_as : ListKind::parenthesis;
    }
  }
  at_ = std::min(close + 1, chunks_.size());
}

}  // namespace relata::english
