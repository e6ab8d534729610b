#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.h"
#include "design/notation.h"
#include "read/english/chunk.h"
#include "read/english/interpret.h"
#include "read/english/lexicon.h"
#include "read/english/parse.h"
#include "read/english/salience.h"
#include "read/english/shared_heads.h"
#include "read/english/tag.h"
#include "read/english/tokenize.h"
#include "read/english/word_classes.h"

namespace relata::english {
namespace {

/// Removes "1.", "2)", "a." and the like in front of a sentence.
void drop_enumerator(Sentence& sentence) {
  if (sentence.size() < 3) return;
  const bool label = sentence[0].kind == TokenKind::number ||
                     (sentence[0].text.size() == 1 && sentence[0].lower != "a" &&
                      sentence[0].kind == TokenKind::word);
  const std::string& mark = sentence[1].lower;
  if (label && (mark == "." || mark == ")" || mark == ":") &&
      sentence[1].kind == TokenKind::punctuation) {
    sentence.erase(sentence.begin(), sentence.begin() + 2);
  } else if (sentence[0].lower == "(" && sentence.size() > 3 && sentence[2].lower == ")" &&
             sentence[1].text.size() <= 2) {
    sentence.erase(sentence.begin(), sentence.begin() + 3);
  } else if (sentence[0].lower == "-" || sentence[0].lower == "*") {
    sentence.erase(sentence.begin());
  }
}

/// The tokens as the need reader takes them: without hyphens.
std::vector<Word> words_of_tokens(const Sentence& sentence) {
  std::vector<Word> words;
  for (const Token& token : sentence) {
    std::size_t begin = 0;
    while (begin <= token.lower.size()) {
      std::size_t end = token.lower.find('-', begin);
      if (end == std::string::npos || token.kind != TokenKind::word) end = token.lower.size();
      if (end > begin) {
        const std::string part = token.lower.substr(begin, end - begin);
        const bool same = token.text.size() == token.lower.size();
        words.push_back({part, token.span, same ? token.text.substr(begin, end - begin) : part});
      }
      begin = end + 1;
    }
  }
  return words;
}

/// "Company 1--* Shipment": a line in the arrow notation.
std::vector<design::Relationship> arrows_in(const Line& line) {
  constexpr std::size_t longest = 400;
  const std::string& text = line.content.text;
  if (text.size() > longest) return {};
  auto arrows = design::parse_arrows(trim(text));
  if (!arrows) return {};
  for (design::Relationship& arrow : *arrows) {
    arrow.origin.span = line.content.span(0, text.size());
    arrow.origin.rule = "english/arrow";
  }
  return std::move(*arrows);
}

}  // namespace

std::vector<ParsedLine> parse_lines(const Document& document) {
  std::vector<ParsedLine> parsed;
  NeedReader need_reader;
  for (const Line& line : document.lines) {
    ParsedLine result;
    result.line = &line;
    if (line.kind != LineKind::table_row && line.kind != LineKind::heading)
      result.arrows = arrows_in(line);
    if (line.kind != LineKind::table_row && line.kind != LineKind::code && result.arrows.empty()) {
      for (Sentence& sentence : tokenize(line.content)) {
        drop_enumerator(sentence);
        if (sentence.empty()) continue;
        if (line.kind != LineKind::heading) {
          std::vector<Need> needs = need_reader.read(words_of_tokens(sentence));
          const bool nothing_else = std::any_of(needs.begin(), needs.end(),
                                                [](const Need& n) { return n.whole_sentence; });
          std::move(needs.begin(), needs.end(), std::back_inserter(result.needs));
          if (nothing_else) continue;
        }
        expand_shared_heads(sentence);
        tag(sentence);
        result.sentences.push_back(parse(sentence, chunk(sentence)));
        result.tokens.push_back(std::move(sentence));
      }
    }
    parsed.push_back(std::move(result));
  }
  return parsed;
}

void Interpreter::read(const std::vector<ParsedLine>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const ParsedLine& line = lines[i];
    // A list item with lines or items of its own below it.
    const Line* next = i + 1 < lines.size() ? lines[i + 1].line : nullptr;
    const bool opens_section =
        line.line->kind != LineKind::bullet ||
        (next != nullptr && next->kind == LineKind::bullet &&
         (next->block == line.line->block || next->level > line.line->level));
    if (line.line->kind == LineKind::table_row) {
      table_row(*line.line);
      continue;
    }
    table_header_.clear();
    arrows(line);
    if (line.line->kind == LineKind::code || !line.arrows.empty()) continue;
    if (line.line->kind == LineKind::heading) {
      heading(line);
    } else {
      body(line, opens_section);
    }
  }
}

/// What an arrow names is an entity.
void Interpreter::arrows(const ParsedLine& line) {
  for (const design::Relationship& arrow : line.arrows) {
    for (const std::string& name : {arrow.left.entity, arrow.right.entity, arrow.via}) {
      std::vector<std::string> words = words_of(name);
      if (words.empty()) continue;
      words.back() = singular_of(words.back());
      evidence_.support(evidence_.concept_of(words, arrow.origin.span), "arrow", arrow.origin.span);
    }
  }
}

/// A heading sets the topic of what follows.
void Interpreter::heading(const ParsedLine& line) {
  topic_.reset();
  line_topic_.reset();
  last_subject_.reset();
  last_object_.reset();
  event_.reset();
  if (line.sentences.empty() || line.sentences.front().empty()) return;
  const Clause& first = line.sentences.front().front();
  if (first.subject.empty() || first.verb) return;
  const NounPhrase& phrase = first.subject.front().phrase;
  ConceptName name = topic_name(phrase.words);
  if (name.words.empty()) return;
  Reference topic;
  topic.kind = Reference::Kind::thing;
  topic.name = std::move(name);
  topic.span = phrase.span;
  if (is_in(topic.name.words.back(), WordClass::system_word)) return;
  if (is_in(topic.name.words.back(), WordClass::never_entity)) return;
  topic_ = topic;
}

/// A table whose first column names the fields of the entity in the heading, or whose rows are
/// entities with their fields.
void Interpreter::table_row(const Line& line) {
  if (line.table_header) {
    table_header_.clear();
    for (const SourceText& cell : line.cells) table_header_.push_back(to_lower(trim(cell.text)));
    return;
  }
  if (line.cells.empty() || table_header_.empty()) return;
  const std::string& first = table_header_.front();
  const auto parse_cell = [](const SourceText& cell) {
    std::vector<Clause> clauses;
    for (Sentence& sentence : tokenize(cell)) {
      for (Token& token : sentence) {
        const bool comma = token.lower == "," || token.lower == ";";
        if (token.kind == TokenKind::punctuation) token.tag = Tag::punctuation;
        (void)comma;
      }
      tag(sentence);
      for (Token& token : sentence) {
        // A cell names things; it does not tell a story.
        if (token.tag == Tag::verb || token.tag == Tag::gerund || token.tag == Tag::participle)
          token.tag = Tag::noun;
      }
      for (Clause& clause : parse(sentence, chunk(sentence))) clauses.push_back(std::move(clause));
    }
    return clauses;
  };
  const auto items_of = [](const std::vector<Clause>& clauses) {
    std::vector<Item> items;
    for (const Clause& clause : clauses) {
      items.insert(items.end(), clause.subject.begin(), clause.subject.end());
      items.insert(items.end(), clause.objects.begin(), clause.objects.end());
    }
    return items;
  };
  const std::vector<Item> name = items_of(parse_cell(line.cells.front()));
  if (name.empty()) return;
  const bool names_fields = first.find("field") != std::string::npos ||
                            first.find("column") != std::string::npos ||
                            first.find("attribute") != std::string::npos ||
                            first.find("property") != std::string::npos || first == "name";
  if (names_fields) {
    if (!topic_) return;
    Item item = name.front();
    for (std::size_t i = 1; i < line.cells.size(); ++i) {
      item.remark += (item.remark.empty() ? "" : " ") + to_lower(line.cells[i].text);
    }
    Concept& owner = evidence_.concept_of(topic_->name.words, topic_->span);
    evidence_.support(owner, "table-row", item.phrase.span);
    add_field(owner, item, ListContext::attributes, 5, "table-row");
    return;
  }
  const ConceptName entity = concept_name(name.front().phrase.words);
  if (entity.words.empty()) return;
  for (std::size_t i = 1; i < line.cells.size() && i < table_header_.size(); ++i) {
    const std::string& header = table_header_[i];
    constexpr std::array<std::string_view, 8> lists{
        "field", "column", "attribute", "propert", "detail", "content", "data", "information"};
    const bool list = std::any_of(lists.begin(), lists.end(), [&](std::string_view word) {
      return header.find(word) != std::string::npos;
    });
    if (!list) continue;
    add_fields(entity.words, items_of(parse_cell(line.cells[i])), ListContext::attributes,
               "table-row");
  }
}

void Interpreter::body(const ParsedLine& line, bool opens_section) {
  line_topic_.reset();
  evidence_.sentences += line.sentences.size();
  for (std::size_t s = 0; s < line.sentences.size(); ++s) {
    const std::vector<Clause>& clauses = line.sentences[s];
    tokens_ = &line.tokens[s];
    event_.reset();
    count_salience(clauses, evidence_);
    // A short line without a verb is a heading in all but its mark-up: "Mine Management:".
    if (s == 0 && line.sentences.size() == 1 && clauses.size() == 1 && !clauses.front().verb &&
        clauses.front().subject.size() == 1 && clauses.front().objects.empty() &&
        clauses.front().subject.front().list.empty() && opens_section) {
      heading(line);
      continue;
    }
    for (std::size_t c = 0; c < clauses.size(); ++c) {
      if (s == 0 && c == 0 && clauses[c].colon && !clauses[c].verb &&
          clauses[c].subject.size() == 1) {
        Reference topic;
        topic.kind = Reference::Kind::thing;
        topic.name = topic_name(clauses[c].subject.front().phrase.words);
        topic.span = clauses[c].subject.front().phrase.span;
        const bool label =
            topic.name.words.size() == 1 && is_in(topic.name.words.back(), WordClass::never_entity);
        if (!topic.name.words.empty() && !label &&
            !is_in(topic.name.words.back(), WordClass::system_word)) {
          line_topic_ = topic;
          topic_ = topic;
        }
      }
      clause(clauses[c]);
    }
  }
}

}  // namespace relata::english
