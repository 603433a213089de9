//! Names and descriptions of commands in the languages that Discord shows them in.

use serenity::all::{CommandOptionType, CreateCommand, CreateCommandOption};

/// A text in each language. The English one is the command's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Local {
    pub(super) en: &'static str,
    pub(super) de: &'static str,
    pub(super) es: &'static str,
}

impl Local {
    pub(super) const fn new(en: &'static str, de: &'static str, es: &'static str) -> Self {
        Self { en, de, es }
    }

    /// By locale (reference, "Locales"). The default stands under its own locale too: without it British clients would get
    /// American English only by a fallback, and Spanish of the Americas none.
    fn each(self) -> [(&'static str, &'static str); 5] {
        [("en-US", self.en), ("en-GB", self.en), ("de", self.de), ("es-ES", self.es), ("es-419", self.es)]
    }
}

/// A command's name in each language.
pub(super) fn named(command: CreateCommand, name: Local) -> CreateCommand {
    name.each().into_iter().fold(command, |command, (locale, text)| command.name_localized(locale, text))
}

/// A command's description in each language.
pub(super) fn described(command: CreateCommand, about: Local) -> CreateCommand {
    let command = command.description(about.en);
    about.each().into_iter().fold(command, |command, (locale, text)| command.description_localized(locale, text))
}

/// An option in each language.
pub(super) fn option(kind: CommandOptionType, name: Local, about: Local) -> CreateCommandOption {
    let option = CreateCommandOption::new(kind, name.en, about.en);
    let option = name.each().into_iter().fold(option, |option, (locale, text)| option.name_localized(locale, text));
    about.each().into_iter().fold(option, |option, (locale, text)| option.description_localized(locale, text))
}

/// One of an option's choices, in each language; `value` is what is sent.
pub(super) fn choice(option: CreateCommandOption, name: Local, value: &str) -> CreateCommandOption {
    option.add_string_choice_localized(name.en, value, name.each())
}
