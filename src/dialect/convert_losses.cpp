#include "dialect/convert_losses.h"

#include "base/text.h"

namespace relata {

void Losses::warning(std::string code, std::string message, std::string object,
                     const Origin& origin) {
  add(Severity::warning, std::move(code), std::move(message), std::move(object), origin);
}

void Losses::note(std::string code, std::string message, std::string object, const Origin& origin) {
  add(Severity::note, std::move(code), std::move(message), std::move(object), origin);
}

void Losses::add(Severity severity, std::string code, std::string message, std::string object,
                 const Origin& origin) {
  const auto [place, fresh] = places_.emplace(std::pair{code, message}, kinds_.size());
  if (fresh) kinds_.push_back({severity, std::move(code), std::move(message), origin, {}});
  kinds_[place->second].objects.push_back(std::move(object));
}

void Losses::report(DiagnosticSink& sink) const {
  for (const Kind& kind : kinds_) {
    Diagnostic diagnostic;
    diagnostic.code = kind.code;
    diagnostic.severity = kind.severity;
    diagnostic.message = kind.message + ": " + join(kind.objects, ", ");
    diagnostic.source = kind.first.source;
    if (!kind.first.span.empty()) diagnostic.span = kind.first.span;
    sink.add(std::move(diagnostic));
  }
}

}  // namespace relata
