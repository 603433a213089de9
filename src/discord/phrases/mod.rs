//! Every sentence this room adds to what the answer room says, one table a language. `{}` marks where a value goes in.

mod de;
mod en;
mod es;

/// What Discord's side of the bot says in one language.
#[derive(Debug)]
#[allow(missing_docs, reason = "the English table says what each field is")]
pub(super) struct Phrases {
    pub(super) code: &'static str,
    pub(super) too_long: &'static str,
    pub(super) no_story: &'static str,
    pub(super) and_others: &'static str,
    pub(super) left_out: &'static str,
    pub(super) one_quote: &'static str,
    pub(super) quotes: &'static str,
    pub(super) one_statement: &'static str,
    pub(super) statements: &'static str,
    pub(super) and: &'static str,
    pub(super) whose: &'static str,
    pub(super) more: &'static str,
    pub(super) back: &'static str,
    pub(super) helpful: &'static str,
    pub(super) unhelpful: &'static str,
    pub(super) wrong: &'static str,
    pub(super) delete: &'static str,
    pub(super) counted: &'static str,
    pub(super) counted_already: &'static str,
    pub(super) not_kept: &'static str,
    pub(super) not_yours: &'static str,
    pub(super) gone: &'static str,
    pub(super) report_title: &'static str,
    pub(super) report_label: &'static str,
    pub(super) slow_down: &'static str,
    pub(super) switched_off: &'static str,
    pub(super) our_fault: &'static str,
    pub(super) about_message: &'static str,
    pub(super) empty_message: &'static str,
    pub(super) choose_topic: &'static str,
    pub(super) topics: &'static str,
    pub(super) no_topics: &'static str,
    pub(super) items: &'static str,
    pub(super) facts_and_quotes: &'static str,
    pub(super) help: &'static str,
    pub(super) privacy: &'static str,
    pub(super) privacy_log: &'static str,
    pub(super) privacy_log_text: &'static str,
    pub(super) privacy_kept: &'static str,
    pub(super) privacy_not_kept: &'static str,
    pub(super) needs_manage: &'static str,
    pub(super) needs_server: &'static str,
    pub(super) owners_only: &'static str,
    pub(super) no_gaps: &'static str,
    pub(super) gaps_off: &'static str,
    pub(super) gaps: &'static str,
    pub(super) nearest: &'static str,
    pub(super) settings: &'static str,
    pub(super) saved: &'static str,
    pub(super) on: &'static str,
    pub(super) off: &'static str,
    pub(super) dry_run: &'static str,
    pub(super) everywhere: &'static str,
    pub(super) all_stories: &'static str,
    pub(super) askers_language: &'static str,
    pub(super) answers: &'static str,
    pub(super) answers_in: &'static str,
    pub(super) stories: &'static str,
    pub(super) language: &'static str,
    pub(super) answer_at: &'static str,
    pub(super) nearest_at: &'static str,
    pub(super) usual: &'static str,
    pub(super) as_the_server: &'static str,
    pub(super) days: &'static str,
    pub(super) some_of: &'static str,
    pub(super) passive: &'static str,
    pub(super) collects: &'static str,
    pub(super) passive_needs_intent: &'static str,
    pub(super) needs_channel: &'static str,
    pub(super) unordered: &'static str,
    pub(super) reloaded: &'static str,
    pub(super) not_reloaded: &'static str,
    pub(super) not_loaded: &'static str,
}

const TABLES: &[&Phrases] = &[&en::EN, &de::DE, &es::ES];

/// The table of a locale such as `de` or `es-419`: English where there is none.
pub(super) fn of(locale: &str) -> &'static Phrases {
    let code = locale.split(['-', '_']).next().unwrap_or_default();
    TABLES.iter().find(|said| said.code.eq_ignore_ascii_case(code)).copied().unwrap_or(&en::EN)
}

/// `template` with the values in its places, in their order.
pub(super) fn filled(template: &str, values: &[&str]) -> String {
    let mut parts = template.split("{}");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (n, part) in parts.enumerate() {
        out.push_str(values.get(n).copied().unwrap_or_default());
        out.push_str(part);
    }
    out
}

impl Phrases {
    /// Says what is left out of a message.
    pub(super) fn left_out(&self, quotes: usize, statements: usize) -> Option<String> {
        let counted = |n: usize, one: &str, many: &str| match n {
            0 => None,
            1 => Some(one.to_owned()),
            n => Some(format!("{n} {many}")),
        };
        let parts =
            [counted(quotes, self.one_quote, self.quotes), counted(statements, self.one_statement, self.statements)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let joined = parts.join(&format!(" {} ", self.and));
        (!parts.is_empty()).then(|| filled(self.left_out, &[&joined]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_in_once_and_in_order() {
        let rows = [("a {} b {}", vec!["1", "{}"], "a 1 b {}"), ("{}", vec![], ""), ("none", vec!["1"], "none")];
        for (template, values, want) in rows {
            assert_eq!(filled(template, &values), want);
        }
    }

    /// A value that has no place in a translation would be lost.
    #[test]
    fn every_table_has_the_same_places_for_values() {
        let fields = |said: &Phrases| {
            let shown = format!("{said:?}");
            shown.split("\", ").map(|field| field.matches("{}").count()).collect::<Vec<_>>()
        };
        for said in TABLES {
            assert_eq!(fields(said), fields(TABLES[0]), "{}", said.code);
            assert!(!format!("{said:?}").contains("\"\""), "{}: an empty phrase", said.code);
        }
    }
}
