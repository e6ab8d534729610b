#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/span.h"

namespace relata::sql {

/// The text without its sections that lead back ("-- +goose Down", "-- migrate:down" and the like):
/// blanks stand in their place, so that every other byte stays where it is. Nothing when there is
/// no such section.
[[nodiscard]] std::string without_down_sections(std::string_view text);

/// A text without the marks that Drizzle puts between statements ("--> statement-breakpoint"),
/// which are no comments to MySQL: blanks in their place. Empty: there are none.
[[nodiscard]] std::string without_breakpoints(std::string_view text);

/// Replaces what a template would fill in outside of strings: "{{ index .Options "Namespace" }}",
/// "${schema}", "@schema.". A placeholder before a '.' stands for a namespace: it becomes the one
/// that the files themselves name before the same objects, else the dialect's default; one
/// that begins a name becomes nothing. Blanks fill the lines up, so that bytes outside of strings
/// stay where they are. Each placeholder is a diagnostic.
void fill_placeholders(std::vector<SourceFile>& files, std::string_view dialect,
                       DiagnosticSink& sink);

/// Whether any of the texts holds a placeholder outside of strings and comments.
[[nodiscard]] bool has_placeholders(const std::vector<SourceFile>& files);

}  // namespace relata::sql
