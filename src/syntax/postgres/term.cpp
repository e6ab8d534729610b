#include "syntax/postgres/term.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace relata::syntax::postgres {
namespace {

std::string literal(std::string_view value) {
  std::string text = "'";
  for (const char c : value) {
    text += c;
    if (c == '\'') text += c;
  }
  text += '\'';
  return text;
}

void append(std::string& out, const Term& term);

void append_list(std::string& out, const std::vector<Term>& terms, std::string_view separator) {
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (i > 0) out += separator;
    append(out, terms[i]);
  }
}

void append_in_parentheses(std::string& out, const std::vector<Term>& terms,
                           std::string_view separator) {
  out += '(';
  append_list(out, terms, separator);
  out += ')';
}

void append_operation(std::string& out, const Term& term) {
  out += '(';
  if (term.arguments.size() == 1) {
    out += term.text + ' ';
    append(out, term.arguments[0]);
  } else {
    append_list(out, term.arguments, ' ' + term.text + ' ');
  }
  out += ')';
}

void append_quantified(std::string& out, const Term& term, std::string_view word) {
  out += '(';
  append(out, term.arguments[0]);
  out += ' ' + term.text + ' ';
  out += word;
  out += ' ';
  out += '(';
  append(out, term.arguments[1]);
  out += "))";
}

void append_choice(std::string& out, const Term& term) {
  out += "CASE";
  std::size_t i = 0;
  for (; i + 1 < term.arguments.size(); i += 2) {
    out += " WHEN ";
    append(out, term.arguments[i]);
    out += " THEN ";
    append(out, term.arguments[i + 1]);
  }
  if (i < term.arguments.size()) {
    out += " ELSE ";
    append(out, term.arguments[i]);
  }
  out += " END";
}

void append_constant(std::string& out, const Term& term) {
  if (term.type == "boolean" && (term.text == "true" || term.text == "false")) {
    out += term.text;
  } else {
    out += literal(term.text);
  }
}

void append(std::string& out, const Term& term) {
  using Kind = Term::Kind;
  switch (term.kind) {
    case Kind::constant:
      return append_constant(out, term);
    case Kind::null:
      out += "NULL";
      return;
    case Kind::column:
      out += term.relation.empty() ? term.text : term.relation + "." + term.text;
      return;
    case Kind::call:
    case Kind::form:
      out += term.text;
      return append_in_parentheses(out, term.arguments, ", ");
    case Kind::operation:
      return append_operation(out, term);
    case Kind::any:
      return append_quantified(out, term, "ANY");
    case Kind::all:
      return append_quantified(out, term, "ALL");
    case Kind::all_of:
      return append_in_parentheses(out, term.arguments, " AND ");
    case Kind::any_of:
      return append_in_parentheses(out, term.arguments, " OR ");
    case Kind::negation:
      out += "(NOT ";
      append(out, term.arguments[0]);
      out += ')';
      return;
    case Kind::is_null:
    case Kind::is_not_null:
      out += '(';
      append(out, term.arguments[0]);
      out += term.kind == Kind::is_null ? " IS NULL)" : " IS NOT NULL)";
      return;
    case Kind::cast:
      out += '(';
      append(out, term.arguments[0]);
      out += ")::" + term.text;
      return;
    case Kind::array:
      out += "ARRAY[";
      append_list(out, term.arguments, ", ");
      out += ']';
      if (term.arguments.empty()) out += "::" + term.type;
      return;
    case Kind::row:
      out += "ROW";
      return append_in_parentheses(out, term.arguments, ", ");
    case Kind::choice:
      return append_choice(out, term);
    case Kind::coalesce:
      out += "COALESCE";
      return append_in_parentheses(out, term.arguments, ", ");
    case Kind::current:
    case Kind::raw:
      out += term.text;
      return;
  }
}

/// Whether a literal without a cast would have the type.
bool is_plain_type(const Term& term) {
  if (term.kind == Term::Kind::null) return term.type.empty() || term.type == "text";
  const bool fraction = term.text.find_first_not_of("-0123456789") != std::string::npos;
  return term.type.empty() || term.type == "text" || term.type == unknown_type ||
         term.type == "boolean" || term.type == (fraction ? "numeric" : "integer");
}

}  // namespace

std::string print(const Term& term) {
  std::string text;
  append(text, term);
  return text;
}

std::string print_list(const std::vector<Term>& terms) {
  std::string text;
  append_list(text, terms, ", ");
  return text;
}

std::string print_with_type(const Term& term) {
  const bool literal_term = term.kind == Term::Kind::constant || term.kind == Term::Kind::null;
  std::string text = print(term);
  if (literal_term && !is_plain_type(term)) text += "::" + term.type;
  return text;
}

}  // namespace relata::syntax::postgres
