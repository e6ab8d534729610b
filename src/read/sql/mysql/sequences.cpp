#include "base/text.h"
#include "read/sql/mysql/script.h"

namespace relata::sql::mysql {

namespace {

std::string signed_number(Cursor& cursor) {
  std::string text;
  if (cursor.accept_symbol("-")) text = "-";
  return text + std::string(cursor.take().text);
}

/// What CREATE SEQUENCE and ALTER SEQUENCE say, before the server's own values are left out.
bool read_sequence_option(Cursor& cursor, SequenceOptions& options) {
  if (cursor.accept("start")) {
    cursor.accept_any({"with"});
    cursor.accept_symbol("=");
    options.start = signed_number(cursor);
  } else if (cursor.accept("increment")) {
    cursor.accept_any({"by"});
    cursor.accept_symbol("=");
    options.increment = signed_number(cursor);
  } else if (cursor.accept("minvalue")) {
    cursor.accept_symbol("=");
    options.minimum = signed_number(cursor);
  } else if (cursor.accept("maxvalue")) {
    cursor.accept_symbol("=");
    options.maximum = signed_number(cursor);
  } else if (cursor.accept("cache")) {
    cursor.accept_symbol("=");
    options.cache = signed_number(cursor);
  } else if (cursor.accept({"no", "minvalue"}) || cursor.accept("nominvalue")) {
    options.minimum.reset();
  } else if (cursor.accept({"no", "maxvalue"}) || cursor.accept("nomaxvalue")) {
    options.maximum.reset();
  } else if (cursor.accept({"no", "cache"}) || cursor.accept("nocache")) {
    options.cache = "0";
  } else if (cursor.accept("cycle")) {
    options.cycle = true;
  } else if (cursor.accept({"no", "cycle"}) || cursor.accept("nocycle")) {
    options.cycle = false;
  } else if (cursor.accept("restart")) {
    cursor.accept("with");
    cursor.accept_symbol("=");
    if (cursor.peek().kind == syntax::mysql::TokenKind::number) cursor.take();
  } else if (cursor.accept("engine")) {
    cursor.accept_symbol("=");
    cursor.take();
  } else {
    return false;
  }
  return true;
}

void read_options(Cursor& cursor, Sequence& sequence) {
  while (!cursor.at_end() && !cursor.failed()) {
    if (cursor.accept("comment")) {
      cursor.accept_symbol("=");
      sequence.comment = cursor.value();
    } else if (!read_sequence_option(cursor, sequence.options)) {
      cursor.fail_here();
    }
  }
}

/// Leaves out what the server gives by itself (MariaDB Knowledge Base, "CREATE SEQUENCE").
void drop_defaults(SequenceOptions& options) {
  const auto drop = [](std::optional<std::string>& option, std::string_view usual) {
    if (option == usual) option.reset();
  };
  const bool down = options.increment && options.increment->starts_with('-');
  drop(options.minimum, down ? "-9223372036854775807" : "1");
  drop(options.maximum, down ? "-1" : "9223372036854775806");
  const std::string first = down ? options.maximum.value_or("-1") : options.minimum.value_or("1");
  drop(options.start, first);
  drop(options.increment, "1");
  drop(options.cache, "1000");
}

}  // namespace

void create_sequence(Script& script, Cursor& cursor, bool or_replace) {
  const bool if_not_exists = cursor.accept({"if", "not", "exists"});
  const std::size_t begin = cursor.position();
  const QualifiedName name = script.resolve(cursor.qualified_name());
  Sequence sequence;
  sequence.schema = name.schema;
  sequence.name = name.name;
  sequence.origin.source = script.file;
  sequence.origin.span = cursor.span_from(begin);
  read_options(cursor, sequence);
  if (cursor.failed()) return;
  drop_defaults(sequence.options);
  if (script.database.sequences.contains(name) && !or_replace) {
    if (!if_not_exists) {
      script.warn("mysql-duplicate-table", "there is a sequence '" + name.name + "' already",
                  sequence.origin.span);
    }
    return;
  }
  script.database.sequences.insert_or_assign(name, std::move(sequence));
}

void alter_sequence(Script& script, Cursor& cursor) {
  const bool if_exists = cursor.accept({"if", "exists"});
  const std::size_t begin = cursor.position();
  const QualifiedName name = script.resolve(cursor.qualified_name());
  const auto found = script.database.sequences.find(name);
  if (found == script.database.sequences.end()) {
    if (!if_exists && !cursor.failed()) {
      script.warn("mysql-unknown-sequence", "there is no sequence '" + name.name + "' to alter",
                  cursor.span_from(begin));
    }
    return;
  }
  Sequence sequence = found->second;
  read_options(cursor, sequence);
  if (cursor.failed()) return;
  drop_defaults(sequence.options);
  found->second = std::move(sequence);
}

void drop_sequences(Script& script, Cursor& cursor) {
  const bool if_exists = cursor.accept({"if", "exists"});
  do {
    const std::size_t begin = cursor.position();
    const QualifiedName name = script.resolve(cursor.qualified_name());
    if (cursor.failed()) return;
    if (script.database.sequences.erase(name) == 0 && !if_exists) {
      script.warn("mysql-unknown-sequence", "there is no sequence '" + name.name + "' to drop",
                  cursor.span_from(begin));
    }
  } while (cursor.accept_symbol(","));
}

}  // namespace relata::sql::mysql
