//! What was typed into a command's options. Discord checks types; what is missing is None.

use serenity::all::{ResolvedOption, ResolvedValue};

/// The options of a command or sub-command.
pub(super) struct Given<'a>(Vec<ResolvedOption<'a>>);

impl<'a> Given<'a> {
    pub(super) fn new(options: Vec<ResolvedOption<'a>>) -> Self {
        Self(options)
    }

    /// Whether nothing was given.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sub-command that was used, with its own options.
    pub(super) fn sub_command(self) -> Option<(&'a str, Self)> {
        self.0.into_iter().find_map(|option| match option.value {
            ResolvedValue::SubCommand(options) => Some((option.name, Self(options))),
            _ => None,
        })
    }

    /// Those of the sub-command, where one was used.
    pub(super) fn innermost(self) -> Self {
        let inner = |option: &ResolvedOption<'a>| matches!(option.value, ResolvedValue::SubCommand(_));
        if self.0.iter().any(inner) { self.sub_command().map_or(Self(Vec::new()), |(_, inner)| inner) } else { self }
    }

    fn value(&self, name: &str) -> Option<&ResolvedValue<'a>> {
        self.0.iter().find(|option| option.name == name).map(|option| &option.value)
    }

    /// Text that is not blank.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        match self.value(name) {
            Some(ResolvedValue::String(text)) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    pub(super) fn switch(&self, name: &str) -> Option<bool> {
        match self.value(name) {
            Some(ResolvedValue::Boolean(on)) => Some(*on),
            _ => None,
        }
    }

    pub(super) fn integer(&self, name: &str) -> Option<i64> {
        match self.value(name) {
            Some(ResolvedValue::Integer(number)) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<f64> {
        match self.value(name) {
            Some(ResolvedValue::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// The id of a channel.
    pub(super) fn channel(&self, name: &str) -> Option<u64> {
        match self.value(name) {
            Some(ResolvedValue::Channel(channel)) => Some(channel.id.get()),
            _ => None,
        }
    }

    /// What is being typed now, and into which option.
    pub(super) fn typed(&self) -> Option<(&'a str, &'a str)> {
        self.0.iter().find_map(|option| match option.value {
            ResolvedValue::Autocomplete { value, .. } => Some((option.name, value)),
            _ => None,
        })
    }
}
