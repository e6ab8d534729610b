#include "read/english/parse.h"

#include <utility>

#include "base/text.h"
#include "read/english/lexicon.h"
#include "read/english/word_classes.h"

namespace relata::english {
namespace {

using enum WordClass;

class Parser {
 public:
  Parser(const Sentence& sentence, const std::vector<Chunk>& chunks)
      : tokens_(sentence), chunks_(chunks) {}

  std::vector<Clause> run() {
    while (at_ < chunks_.size()) {
      const std::size_t before = at_;
      clause();
      if (at_ == before) ++at_;  // a word that fits nowhere
    }
    return std::move(clauses_);
  }

 private:
  [[nodiscard]] bool is(std::size_t i, ChunkKind kind) const {
    return i < chunks_.size() && chunks_[i].kind == kind;
  }
  [[nodiscard]] bool word_is(std::size_t i, ChunkKind kind, std::string_view word) const {
    return is(i, kind) && chunks_[i].word == word;
  }
  [[nodiscard]] bool finite_verb(std::size_t i) const {
    return is(i, ChunkKind::verb) && !chunks_[i].verb.gerund && !chunks_[i].verb.participle &&
           !chunks_[i].verb.infinitive;
  }

  /// The first chunk behind a separator of a list ("," "and" ", and" "or" "/"), or `i` itself when
  /// there is none.
  [[nodiscard]] std::size_t behind_separator(std::size_t i) const {
    std::size_t next = i;
    if (is(next, ChunkKind::comma)) ++next;
    if (is(next, ChunkKind::coordinator) && chunks_[next].word != "but") ++next;
    if (next == i && is(next, ChunkKind::slash)) ++next;
    if (next < chunks_.size() && next > i && is(next, ChunkKind::other) &&
        (chunks_[next].word == "also" || chunks_[next].word == "etc"))
      ++next;
    return next;
  }

  /// Whether a noun phrase at `i` is the subject of a clause of its own.
  [[nodiscard]] bool opens_clause(std::size_t i) const {
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

  /// Where a phrase in front of the sentence ends: at the comma before the subject ("For each car,
  /// the model, make and year are recorded"). A list that ends in "and X," is all in front ("For
  /// cars, vans and trucks, the model is recorded").
  [[nodiscard]] std::size_t lead_ends_at(std::size_t begin) const {
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

  /// A list of noun phrases. It does not go over the chunk at `stop`.
  std::vector<Item> items(bool subject_position, int depth = 0,
                          std::size_t stop = static_cast<std::size_t>(-1)) {
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

  /// Behind "is refrigerated" at `i`, an item of "Vehicle: plate, is refrigerated, model"; `i` when
  /// no such item stands there.
  [[nodiscard]] std::size_t quality_ends_at(std::size_t i) const {
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

  Item quality_item(std::size_t i) {
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

  /// "whether the employee is late or leaves early": one yes-or-no item, up to the next comma.
  Item whether_item() {
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
            t.tag == Tag::pronoun || t.tag == Tag::possessive_pronoun ||
            t.tag == Tag::preposition || is_in(t.lower, be) || t.tag == Tag::adverb ||
            t.lower == "or" || t.lower == "not")
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

  Item noun_item(int depth, bool subject_position = false) {
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
        const bool such_as =
            chunks_[opener].word != "including" && chunks_[opener].word != "namely";
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

  [[nodiscard]] bool bare_number(std::size_t i) const {
    return is(i, ChunkKind::noun_phrase) && chunks_[i].phrase.words.size() == 1 &&
           is_ascii_digit(chunks_[i].phrase.words.front().front());
  }

  /// "a rating between 1 and 5", "a discount from 0 to 100": a remark on the item.
  bool take_range(Item& item) {
    std::size_t end = at_;
    if (is(at_, ChunkKind::noun_phrase) && chunks_[at_].phrase.pronoun &&
        chunks_[at_].phrase.head() == "between") {
      end = at_ + 1;
    } else if (word_is(at_, ChunkKind::preposition, "between") ||
               word_is(at_, ChunkKind::preposition, "from")) {
      // "1 to 5" may have been read as one number.
      const bool whole = bare_number(at_ + 1) && chunks_[at_ + 1].end - chunks_[at_ + 1].begin == 3;
      const bool joined = word_is(at_ + 2, ChunkKind::coordinator, "and") ||
                          word_is(at_ + 2, ChunkKind::preposition, "to");
      if (!whole && !(bare_number(at_ + 1) && joined && bare_number(at_ + 3))) return false;
      end = whole ? at_ + 2 : at_ + 4;
    } else {
      return false;
    }
    for (std::size_t k = chunks_[at_].begin; k < chunks_[end - 1].end; ++k)
      item.remark += (item.remark.empty() ? "" : " ") + tokens_[k].lower;
    at_ = end;
    return true;
  }

  /// "the time when the user joined", "the date it was created": joined at, created date.
  void name_moment(Item& item) {
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

  /// Whether a noun phrase is followed by an -ing verb: "with each analysis recording the date".
  [[nodiscard]] bool gerund_clause_behind(std::size_t i) const {
    return is(i, ChunkKind::noun_phrase) && is(i + 1, ChunkKind::verb) &&
           chunks_[i + 1].verb.gerund;
  }

  void skip_etc() {
    std::size_t i = at_;
    if (is(i, ChunkKind::comma)) ++i;
    if (is(i, ChunkKind::coordinator)) ++i;
    if (i < chunks_.size() && is(i, ChunkKind::other) && chunks_[i].word == "etc") {
      at_ = i + 1;
      if (word_is(at_, ChunkKind::other, ".")) ++at_;
    }
  }

  void parenthesis(Item& item, int depth) {
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

  void clause() {
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
        if (current.opening.empty() && !previous.opening.empty())
          current.opening = previous.opening;
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

  /// "A room has a number, which is unique within its building, and a capacity": the list of the
  /// clause before the relative clause goes on. Takes the items over when it does.
  bool goes_on_behind_relative(Clause& current) {
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

  [[nodiscard]] bool is_time(std::size_t i) const {
    return is(i, ChunkKind::noun_phrase) && chunks_[i].phrase.head() == "time" &&
           chunks_[i].phrase.each;
  }

  void after_subject(Clause& current, std::size_t start) {
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

  void verb_and_rest(Clause& current, std::size_t start) {
    current.verb = chunks_[at_].verb;
    ++at_;
    stops_at_comma_ = !current.opening.empty() && is_in(current.opening, event_subordinator);
    complement(current);
    stops_at_comma_ = false;
    push(std::move(current), start);
  }

  /// Objects and prepositional phrases behind a verb; what cannot be one is left for the next
  /// clause.
  void complement(Clause& current) {
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

  /// Verbs whose object may be a whole clause: "ensure that", "know what", never a list owner.
  [[nodiscard]] static bool is_object_clause(const Clause& current) {
    return current.verb && !current.verb->lemma.empty();
  }

  void attach_list(Clause& current, std::vector<Item> list, ListKind kind) {
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

  /// The noun phrase that a relative pronoun here points back to: the last one of the clause
  /// before.
  [[nodiscard]] std::vector<Item> antecedent() const {
    if (clauses_.empty()) return {};
    const Clause& last = clauses_.back();
    if (!last.attachments.empty() && !last.attachments.back().items.empty() && last.objects.empty())
      return {last.attachments.back().items.back()};
    if (!last.objects.empty()) return {last.objects.back()};
    if (!last.subject.empty()) return {last.subject.back()};
    return {};
  }

  void relative_clause(std::vector<Item> antecedent) {
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

  void push(Clause clause, std::size_t start) {
    const std::size_t last = std::max(start + 1, std::min(at_, chunks_.size()));
    clause.span = {tokens_[chunks_[start].begin].span.begin,
                   tokens_[chunks_[last - 1].end - 1].span.end};
    clauses_.push_back(std::move(clause));
  }

  const Sentence& tokens_;
  const std::vector<Chunk>& chunks_;
  std::size_t at_ = 0;
  bool stops_at_comma_ = false;
  bool in_definition_ = false;  ///< "Vehicle: plate, is refrigerated".
  std::vector<Clause> clauses_;
};

}  // namespace

std::vector<Clause> parse(const Sentence& sentence, const std::vector<Chunk>& chunks) {
  return Parser(sentence, chunks).run();
}

}  // namespace relata::english
